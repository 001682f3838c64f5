import type { LoginKey } from '@keywright/core'
import type { Database, LoginKeyRow } from '../schema/tables.ts'

export async function findLoginKey(db: Database, keyId: string): Promise<LoginKey | undefined> {
  const row = await db
    .selectFrom('login_keys')
    .selectAll()
    .where('key_id', '=', keyId)
    .executeTakeFirst()
  return row && toLoginKey(row)
}

/** Those whose key is not revoked and is no parent of a live one. */
export async function listLoginKeys(
  db: Database,
  { clientId, personId, deviceName }: Omit<LoginKey, 'keyId'>,
  now: number,
): Promise<LoginKey[]> {
  const rows = await db
    .selectFrom('login_keys')
    .innerJoin('keys', 'keys.id', 'login_keys.key_id')
    .selectAll('login_keys')
    .where('person_id', '=', personId)
    .where('client_id', '=', clientId)
    .where('device_name', deviceName === null ? 'is' : '=', deviceName)
    .where('keys.revoked_at', 'is', null)
    .where((where) =>
      where.not(
        where.exists(
          where
            .selectFrom('keys as made')
            .select('made.id')
            .whereRef('made.parent_id', '=', 'keys.id')
            .where('made.revoked_at', 'is', null)
            .where((made) =>
              made.or([made('made.expires_at', 'is', null), made('made.expires_at', '>', now)]),
            ),
        ),
      ),
    )
    .orderBy('key_id')
    .execute()
  return rows.map(toLoginKey)
}

export async function insertLoginKey(db: Database, added: LoginKey): Promise<void> {
  const { keyId, clientId, personId, deviceName } = added
  const row = { client_id: clientId, person_id: personId, device_name: deviceName }
  await db
    .insertInto('login_keys')
    .values({ key_id: keyId, ...row })
    .execute()
}

function toLoginKey({ key_id, client_id, person_id, device_name }: LoginKeyRow): LoginKey {
  return { keyId: key_id, clientId: client_id, personId: person_id, deviceName: device_name }
}
