// Logins of programs: codes that wait to be redeemed, devices that wait to be approved, and which key was handed to
// which program. What waits is small and short-lived, and forgotten soon after its end.

import type { Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'
import type { ColumnTypes } from '../schema/column-types.ts'

export function loginMigration(types: ColumnTypes): Migration {
  return {
    async up(db: Kysely<unknown>): Promise<void> {
      await createCodes(db, types)
      await createDevices(db, types)
      await createKeys(db, types)
      await db.schema
        .alterTable('organizations')
        .addColumn('device_login', types.integer, (column) => column.notNull().defaultTo(1))
        .execute()
    },
  }
}

async function createCodes({ schema }: Kysely<unknown>, types: ColumnTypes): Promise<void> {
  await schema
    .createTable('login_codes')
    .addColumn('digest', types.text, (column) => column.notNull().primaryKey())
    .addColumn('client_id', types.text, (column) => column.notNull())
    .addColumn('redirect_uri', types.text, (column) => column.notNull())
    .addColumn('code_challenge', types.text, (column) => column.notNull())
    .addColumn('person_id', types.text, (column) => column.notNull())
    .addColumn('device_name', types.text)
    .addColumn('scopes', types.text)
    .addColumn('created_at', types.integer, (column) => column.notNull())
    .addColumn('expires_at', types.integer, (column) => column.notNull())
    .addColumn('redeemed_at', types.integer)
    .addColumn('key_id', types.text)
    .modifyEnd(types.tableEnd)
    .execute()
  await schema.createIndex('login_codes_by_end').on('login_codes').column('expires_at').execute()
}

async function createDevices({ schema }: Kysely<unknown>, types: ColumnTypes): Promise<void> {
  await schema
    .createTable('device_logins')
    .addColumn('id', types.text, (column) => column.notNull().primaryKey())
    .addColumn('device_digest', types.text, (column) => column.notNull())
    .addColumn('user_digest', types.text, (column) => column.notNull())
    .addColumn('client_id', types.text, (column) => column.notNull())
    .addColumn('device_name', types.text)
    .addColumn('scopes', types.text, (column) => column.notNull())
    .addColumn('network', types.text)
    .addColumn('created_at', types.integer, (column) => column.notNull())
    .addColumn('expires_at', types.integer, (column) => column.notNull())
    .addColumn('interval_seconds', types.integer, (column) => column.notNull())
    .addColumn('polled_at', types.integer)
    .addColumn('misses', types.integer, (column) => column.notNull())
    .addColumn('claimed_by', types.text)
    .addColumn('person_id', types.text)
    .addColumn('decision', types.text)
    .addColumn('decided_by', types.text)
    .addColumn('redeemed_at', types.integer)
    .addColumn('key_id', types.text)
    .modifyEnd(types.tableEnd)
    .execute()
  for (const column of ['device_digest', 'user_digest']) {
    const name = `device_logins_by_${column}`
    await schema.createIndex(name).unique().on('device_logins').column(column).execute()
  }
  await schema
    .createIndex('device_logins_by_end')
    .on('device_logins')
    .column('expires_at')
    .execute()
}

async function createKeys({ schema }: Kysely<unknown>, types: ColumnTypes): Promise<void> {
  await schema
    .createTable('login_keys')
    .addColumn('key_id', types.text, (column) =>
      column.notNull().primaryKey().references('keys.id'),
    )
    .addColumn('client_id', types.text, (column) => column.notNull())
    .addColumn('person_id', types.text, (column) => column.notNull())
    .addColumn('device_name', types.text)
    .modifyEnd(types.keyedTableEnd)
    .execute()
  await schema
    .createIndex('login_keys_by_device')
    .on('login_keys')
    .columns(['person_id', 'client_id', 'device_name'])
    .execute()
}
