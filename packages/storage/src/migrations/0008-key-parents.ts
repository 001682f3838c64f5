// A key is asked for those that were made with it. Keys without a parent take no room in this index.

import type { Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'

export function keyParentsMigration(): Migration {
  return {
    async up({ schema }: Kysely<unknown>): Promise<void> {
      await schema
        .createIndex('keys_by_parent')
        .on('keys')
        .column('parent_id')
        .where('parent_id', 'is not', null)
        .execute()
    },
  }
}
