// A device login is claimed, decided and redeemed once each. The statements carry every condition themselves, the time
// included, so of two who race one is told that it could not.

import type { DeviceLogin, NewDeviceLogin } from '@keywright/core'
import { prepare } from '../query/prepare.ts'
import type { Database, DeviceLoginRow } from '../schema/tables.ts'

const selectByUserCode = prepare((db, { digest }: { digest: string }) =>
  db.selectFrom('device_logins').selectAll().where('user_digest', '=', digest),
)

const selectByDeviceCode = prepare((db, { digest }: { digest: string }) =>
  db.selectFrom('device_logins').selectAll().where('device_digest', '=', digest),
)

type Claim = { id: string; by: string; personId: string; at: number }

const updateClaimed = prepare((db, { id, by, personId, at }: Claim) =>
  db
    .updateTable('device_logins')
    .set({ claimed_by: by, person_id: personId })
    .where('id', '=', id)
    .where('claimed_by', 'is', null)
    .where('decision', 'is', null)
    .where('expires_at', '>', at)
    .returning('id'),
)

const updateMisses = prepare((db, { id }: { id: string }) =>
  db
    .updateTable('device_logins')
    .set((row) => ({ misses: row('misses', '+', 1) }))
    .where('id', '=', id),
)

type Decided = { id: string; decision: string; by: string; scopes: string; at: number }

const updateDecided = prepare((db, { id, decision, by, scopes, at }: Decided) =>
  db
    .updateTable('device_logins')
    .set({ decision, decided_by: by, scopes })
    .where('id', '=', id)
    .where('decision', 'is', null)
    .where('expires_at', '>', at)
    .returning('id'),
)

const updatePolled = prepare(
  (db, { id, at, seconds }: { id: string; at: number; seconds: number }) =>
    db
      .updateTable('device_logins')
      .set({ polled_at: at, interval_seconds: seconds })
      .where('id', '=', id),
)

const updateRedeemed = prepare((db, { id, at }: { id: string; at: number }) =>
  db
    .updateTable('device_logins')
    .set({ redeemed_at: at })
    .where('id', '=', id)
    .where('decision', '=', 'approved')
    .where('redeemed_at', 'is', null)
    .where('expires_at', '>', at)
    .returning('id'),
)

/** So many at a time: a long statement holds up all verdicts. More than one, so that the table shrinks. */
const FORGET_MAX = 10

const deleteOld = prepare((db, { before }: { before: number }) =>
  db
    .deleteFrom('device_logins')
    .where('id', 'in', (where) =>
      where
        .selectFrom('device_logins')
        .select('id')
        .where('expires_at', '<', before)
        .orderBy('expires_at')
        .limit(FORGET_MAX),
    ),
)

export async function findDeviceLogin(
  db: Database,
  by: { readonly userCode: string } | { readonly deviceCode: string },
): Promise<DeviceLogin | undefined> {
  const [row] =
    'userCode' in by
      ? await selectByUserCode(db, { digest: by.userCode })
      : await selectByDeviceCode(db, { digest: by.deviceCode })
  return row && toDeviceLogin(row)
}

export async function insertDeviceLogin(
  db: Database,
  { login, deviceCode, userCode }: NewDeviceLogin,
  forgetBefore: number,
): Promise<void> {
  await deleteOld(db, { before: forgetBefore })
  await db
    .insertInto('device_logins')
    .values({
      id: login.id,
      device_digest: deviceCode,
      user_digest: userCode,
      client_id: login.clientId,
      device_name: login.deviceName,
      scopes: JSON.stringify(login.scopes),
      network: login.network,
      created_at: login.createdAt,
      expires_at: login.expiresAt,
      interval_seconds: login.intervalSeconds,
      polled_at: login.polledAt,
      misses: login.misses,
      claimed_by: login.claimedBy,
      person_id: login.personId,
      decision: login.decision,
      decided_by: login.decidedBy,
      redeemed_at: login.redeemedAt,
      key_id: login.keyId,
    })
    .execute()
}

export async function claimDeviceLogin(db: Database, claim: Claim): Promise<boolean> {
  return (await updateClaimed(db, claim)).length > 0
}

export async function countDeviceMiss(db: Database, id: string): Promise<void> {
  await updateMisses(db, { id })
}

export async function decideDeviceLogin(
  db: Database,
  id: string,
  decided: {
    readonly decision: 'approved' | 'denied'
    readonly by: string
    readonly scopes: readonly string[]
    readonly at: number
  },
): Promise<boolean> {
  const { decision, by, scopes, at } = decided
  const row = { id, decision, by, scopes: JSON.stringify(scopes), at }
  return (await updateDecided(db, row)).length > 0
}

export async function noteDevicePoll(
  db: Database,
  id: string,
  poll: { readonly at: number; readonly intervalSeconds: number },
): Promise<void> {
  await updatePolled(db, { id, at: poll.at, seconds: poll.intervalSeconds })
}

export async function redeemDeviceLogin(db: Database, id: string, at: number): Promise<boolean> {
  return (await updateRedeemed(db, { id, at })).length > 0
}

export async function nameDeviceKey(db: Database, id: string, keyId: string): Promise<void> {
  await db.updateTable('device_logins').set({ key_id: keyId }).where('id', '=', id).execute()
}

function toDeviceLogin(row: DeviceLoginRow): DeviceLogin {
  return {
    id: row.id,
    clientId: row.client_id,
    deviceName: row.device_name,
    scopes: JSON.parse(row.scopes) as string[],
    network: row.network,
    createdAt: row.created_at,
    expiresAt: row.expires_at,
    intervalSeconds: row.interval_seconds,
    polledAt: row.polled_at,
    misses: row.misses,
    claimedBy: row.claimed_by,
    personId: row.person_id,
    decision: row.decision as DeviceLogin['decision'],
    decidedBy: row.decided_by,
    redeemedAt: row.redeemed_at,
    keyId: row.key_id,
  }
}
