// Who gave an organization its slug: claims of tokens name only organizations that the product named. Those from before are
// named by nobody, until the product gives them a slug.

import type { Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'
import type { ColumnTypes } from '../schema/column-types.ts'

export function slugsMigration(types: ColumnTypes): Migration {
  return {
    async up({ schema }: Kysely<unknown>): Promise<void> {
      await schema
        .alterTable('organizations')
        .addColumn('named_by', types.text, (column) => column.notNull().defaultTo(''))
        .execute()
    },
  }
}
