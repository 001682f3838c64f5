// A pick-up is redeemed once. The statement that consumes it carries every condition itself, the time included, and says
// what it was for.

import type { Pickup, PickupPage, PickupQuery } from '@keywright/core'
import { prepare } from '../query/prepare.ts'
import { inSnapshot } from '../query/snapshot.ts'
import type { Database, PickupRow } from '../schema/tables.ts'

const selectById = prepare((db, { id }: { id: string }) =>
  db.selectFrom('pickups').selectAll().where('id', '=', id),
)

const selectByDigest = prepare((db, { digest }: { digest: string }) =>
  db.selectFrom('pickups').selectAll().where('digest', '=', digest),
)

const updateRedeemed = prepare((db, { digest, at }: { digest: string; at: number }) =>
  db
    .updateTable('pickups')
    .set({ redeemed_at: at })
    .where('digest', '=', digest)
    .where('redeemed_at', 'is', null)
    .where('revoked_at', 'is', null)
    .where('expires_at', '>', at)
    .returningAll(),
)

const updateRevoked = prepare((db, { id, at }: { id: string; at: number }) =>
  db
    .updateTable('pickups')
    .set({ revoked_at: at })
    .where('id', '=', id)
    .where('redeemed_at', 'is', null)
    .where('revoked_at', 'is', null)
    .where('expires_at', '>', at)
    .returning('id'),
)

/** So many at a time: a long statement holds up all verdicts. More than one, so that the table shrinks. */
const FORGET_MAX = 10

const deleteOld = prepare((db, { before }: { before: number }) =>
  db
    .deleteFrom('pickups')
    .where('id', 'in', (where) =>
      where
        .selectFrom('pickups')
        .select('id')
        .where('expires_at', '<', before)
        .orderBy('expires_at')
        .limit(FORGET_MAX),
    ),
)

export async function getPickup(db: Database, id: string): Promise<Pickup | undefined> {
  const [row] = await selectById(db, { id })
  return row && toPickup(row)
}

export async function findPickup(db: Database, digest: string): Promise<Pickup | undefined> {
  const [row] = await selectByDigest(db, { digest })
  return row && toPickup(row)
}

/** No more are looked at than `visitMax`: one statement holds up all others of the process. */
export function listPickups(
  db: Database,
  { createdBy, now, before, limit, visitMax }: PickupQuery,
): Promise<PickupPage> {
  return inSnapshot(db, async (snapshot) => {
    let visited = snapshot.selectFrom('pickups').selectAll().orderBy('id', 'desc')
    if (createdBy !== undefined) visited = visited.where('created_by', '=', createdBy)
    if (before !== undefined) visited = visited.where('id', '<', before)
    const rows = await snapshot
      .selectFrom(visited.limit(visitMax).as('pickups'))
      .selectAll()
      .where('redeemed_at', 'is', null)
      .where('revoked_at', 'is', null)
      .where('expires_at', '>', now)
      .orderBy('id', 'desc')
      .limit(limit)
      .execute()
    const pickups = rows.map(toPickup)
    if (rows.length === limit) return { pickups, visitedTo: null }
    const last = await visited
      .limit(1)
      .offset(visitMax - 1)
      .executeTakeFirst()
    return { pickups, visitedTo: last?.id ?? null }
  })
}

export async function insertPickup(
  db: Database,
  pickup: Pickup,
  stored: { readonly digest: string; readonly forgetBefore: number },
): Promise<void> {
  const { digest, forgetBefore } = stored
  await deleteOld(db, { before: forgetBefore })
  await db
    .insertInto('pickups')
    .values({
      id: pickup.id,
      digest,
      request: JSON.stringify(pickup.request),
      holder: pickup.bound.holder,
      resource: pickup.bound.resource,
      mode: pickup.bound.mode,
      sender: JSON.stringify(pickup.sender),
      created_at: pickup.createdAt,
      created_by: pickup.createdBy,
      expires_at: pickup.expiresAt,
      redeemed_at: pickup.redeemedAt,
      revoked_at: pickup.revokedAt,
      key_id: pickup.keyId,
    })
    .execute()
}

export async function redeemPickup(
  db: Database,
  digest: string,
  at: number,
): Promise<Pickup | undefined> {
  const [row] = await updateRedeemed(db, { digest, at })
  return row && toPickup(row)
}

export async function namePickupKey(db: Database, id: string, keyId: string): Promise<void> {
  await db.updateTable('pickups').set({ key_id: keyId }).where('id', '=', id).execute()
}

export async function revokePickup(db: Database, id: string, at: number): Promise<boolean> {
  return (await updateRevoked(db, { id, at })).length > 0
}

function toPickup(row: PickupRow): Pickup {
  const { holder, resource, mode } = row
  return {
    id: row.id,
    request: JSON.parse(row.request) as Pickup['request'],
    bound: { holder, resource, mode },
    sender: JSON.parse(row.sender) as Pickup['sender'],
    createdBy: row.created_by,
    createdAt: row.created_at,
    expiresAt: row.expires_at,
    redeemedAt: row.redeemed_at,
    revokedAt: row.revoked_at,
    keyId: row.key_id,
  }
}
