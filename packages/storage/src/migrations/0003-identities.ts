// By what people are known at the issuers that sign them in, and from when on each issuer's tokens count. Both are
// found by what a token says of itself.

import type { Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'
import type { ColumnTypes } from '../schema/column-types.ts'

export function identitiesMigration(types: ColumnTypes): Migration {
  return {
    async up({ schema }: Kysely<unknown>): Promise<void> {
      await schema
        .createTable('identities')
        .addColumn('issuer', types.text, (column) => column.notNull())
        .addColumn('subject', types.text, (column) => column.notNull())
        .addColumn('person_id', types.text, (column) => column.notNull().references('persons.id'))
        .addColumn('created_at', types.integer, (column) => column.notNull())
        .addColumn('claimed_at', types.integer)
        .addPrimaryKeyConstraint('identities_key', ['issuer', 'subject'])
        .modifyEnd(types.keyedTableEnd)
        .execute()
      await schema
        .createTable('not_befores')
        .addColumn('issuer', types.text, (column) => column.notNull())
        .addColumn('subject', types.text, (column) => column.notNull())
        .addColumn('at', types.integer, (column) => column.notNull())
        .addPrimaryKeyConstraint('not_befores_key', ['issuer', 'subject'])
        .modifyEnd(types.keyedTableEnd)
        .execute()
    },
  }
}
