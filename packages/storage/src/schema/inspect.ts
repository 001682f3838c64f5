// What is found in a database before anything is changed in it.

import { sql } from 'kysely'
import type { Migration } from 'kysely/migration'
import { StoreRefused } from '../refused.ts'
import { compareRootKeyCheck, ROOT_KEY_CHECK } from '../root-key/check.ts'
import type { Database } from './tables.ts'

/**
 * Refuses a database that is not ours to use.
 * @returns whether it is empty
 * @throws StoreRefused `schema_too_new`, `wrong_root_key`, `not_keywright`
 */
export async function inspectDatabase(
  db: Database,
  ours: { readonly migrations: Readonly<Record<string, Migration>>; readonly rootKeyCheck: string },
): Promise<{ readonly isNew: boolean }> {
  const tables = await db.introspection.getTables({ withInternalKyselyTables: true })
  if (tables.length === 0) return { isNew: true }
  const names = new Set(tables.map((table) => table.name))
  if (!names.has('kysely_migration') || !names.has('meta')) throw notKeywright()
  await refuseNewerSchema(db, ours.migrations)
  const check = await db
    .selectFrom('meta')
    .select('value')
    .where('name', '=', ROOT_KEY_CHECK)
    .executeTakeFirst()
  if (check === undefined) throw notKeywright()
  compareRootKeyCheck(check.value, ours.rootKeyCheck)
  return { isNew: false }
}

async function refuseNewerSchema(
  db: Database,
  migrations: Readonly<Record<string, Migration>>,
): Promise<void> {
  const done = await sql<{ name: string }>`select name from kysely_migration`.execute(db)
  const unknown = done.rows.filter(({ name }) => !Object.hasOwn(migrations, name))
  if (unknown.length === 0) return
  throw new StoreRefused(
    'schema_too_new',
    `A newer Keywright has changed this database (${unknown.map(({ name }) => name).join(', ')}).`,
    'Start that version or a later one.',
  )
}

function notKeywright(): StoreRefused {
  return new StoreRefused(
    'not_keywright',
    'This database has tables that Keywright did not make.',
    'Give Keywright a database of its own.',
  )
}
