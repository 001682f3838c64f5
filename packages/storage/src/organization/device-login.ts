import type { Database } from '../schema/tables.ts'

/** False for an organization that is not known. */
export async function isDeviceLoginForbidden(db: Database, id: string): Promise<boolean> {
  const row = await db
    .selectFrom('organizations')
    .select('device_login')
    .where('id', '=', id)
    .executeTakeFirst()
  return row?.device_login === 0
}

/** @returns false when it was so before */
export async function setDeviceLogin(
  db: Database,
  id: string,
  isAllowed: boolean,
): Promise<boolean> {
  const changed = await db
    .updateTable('organizations')
    .set({ device_login: isAllowed ? 1 : 0 })
    .where('id', '=', id)
    .where('device_login', '=', isAllowed ? 0 : 1)
    .returning('id')
    .execute()
  return changed.length > 0
}
