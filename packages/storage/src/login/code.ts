// A code is redeemed once. The statement that consumes it carries every condition itself, the time included.

import type { LoginCode } from '@keywright/core'
import { prepare } from '../query/prepare.ts'
import type { Database, LoginCodeRow } from '../schema/tables.ts'

const selectByDigest = prepare((db, { digest }: { digest: string }) =>
  db.selectFrom('login_codes').selectAll().where('digest', '=', digest),
)

const updateRedeemed = prepare((db, { digest, at }: { digest: string; at: number }) =>
  db
    .updateTable('login_codes')
    .set({ redeemed_at: at })
    .where('digest', '=', digest)
    .where('redeemed_at', 'is', null)
    .where('expires_at', '>', at)
    .returning('digest'),
)

/** So many at a time: a long statement holds up all verdicts. More than one, so that the table shrinks. */
const FORGET_MAX = 10

const deleteOld = prepare((db, { before }: { before: number }) =>
  db
    .deleteFrom('login_codes')
    .where('digest', 'in', (where) =>
      where
        .selectFrom('login_codes')
        .select('digest')
        .where('expires_at', '<', before)
        .orderBy('expires_at')
        .limit(FORGET_MAX),
    ),
)

export async function findLoginCode(db: Database, digest: string): Promise<LoginCode | undefined> {
  const [row] = await selectByDigest(db, { digest })
  return row && toCode(row)
}

export async function insertLoginCode(
  db: Database,
  code: LoginCode,
  stored: { readonly digest: string; readonly forgetBefore: number },
): Promise<void> {
  const { digest, forgetBefore } = stored
  await deleteOld(db, { before: forgetBefore })
  await db
    .insertInto('login_codes')
    .values({
      digest,
      client_id: code.clientId,
      redirect_uri: code.redirectUri,
      code_challenge: code.codeChallenge,
      person_id: code.personId,
      device_name: code.deviceName,
      scopes: code.scopes && JSON.stringify(code.scopes),
      created_at: code.createdAt,
      expires_at: code.expiresAt,
      redeemed_at: code.redeemedAt,
      key_id: code.keyId,
    })
    .execute()
}

export async function redeemLoginCode(db: Database, digest: string, at: number): Promise<boolean> {
  return (await updateRedeemed(db, { digest, at })).length > 0
}

export async function nameLoginCodeKey(db: Database, digest: string, keyId: string): Promise<void> {
  await db.updateTable('login_codes').set({ key_id: keyId }).where('digest', '=', digest).execute()
}

function toCode(row: LoginCodeRow): LoginCode {
  return {
    clientId: row.client_id,
    redirectUri: row.redirect_uri,
    codeChallenge: row.code_challenge,
    personId: row.person_id,
    deviceName: row.device_name,
    scopes: row.scopes === null ? null : (JSON.parse(row.scopes) as string[]),
    createdAt: row.created_at,
    expiresAt: row.expires_at,
    redeemedAt: row.redeemed_at,
    keyId: row.key_id,
  }
}
