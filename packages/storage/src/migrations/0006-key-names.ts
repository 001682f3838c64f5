// A key is found by its holder and its name. Keys without a name take no room in this index.

import type { Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'

export function keyNamesMigration(): Migration {
  return {
    async up({ schema }: Kysely<unknown>): Promise<void> {
      await schema
        .createIndex('keys_by_name')
        .on('keys')
        .columns(['holder', 'name', 'id'])
        .where('name', 'is not', null)
        .execute()
    },
  }
}
