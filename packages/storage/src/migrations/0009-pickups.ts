// Keys that were promised to another machine. What waits is small and short-lived, and forgotten a day after its end.

import type { Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'
import type { ColumnTypes } from '../schema/column-types.ts'

export function pickupsMigration(types: ColumnTypes): Migration {
  return {
    async up({ schema }: Kysely<unknown>): Promise<void> {
      await schema
        .createTable('pickups')
        .addColumn('id', types.text, (column) => column.notNull().primaryKey())
        .addColumn('digest', types.text, (column) => column.notNull())
        .addColumn('request', types.text, (column) => column.notNull())
        .addColumn('holder', types.text, (column) => column.notNull())
        .addColumn('resource', types.text, (column) => column.notNull())
        .addColumn('mode', types.text)
        .addColumn('sender', types.text, (column) => column.notNull())
        .addColumn('created_at', types.integer, (column) => column.notNull())
        .addColumn('created_by', types.text, (column) => column.notNull())
        .addColumn('expires_at', types.integer, (column) => column.notNull())
        .addColumn('redeemed_at', types.integer)
        .addColumn('revoked_at', types.integer)
        .addColumn('key_id', types.text)
        .modifyEnd(types.tableEnd)
        .execute()
      await schema
        .createIndex('pickups_by_digest')
        .unique()
        .on('pickups')
        .column('digest')
        .execute()
      await schema.createIndex('pickups_by_end').on('pickups').column('expires_at').execute()
      await schema
        .createIndex('pickups_by_sender')
        .on('pickups')
        .columns(['created_by', 'id'])
        .execute()
    },
  }
}
