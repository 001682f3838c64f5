import type { Migration } from 'kysely/migration'
import type { ColumnTypes } from '../schema/column-types.ts'
import { keysMigration } from './0001-keys.ts'
import { peopleMigration } from './0002-people.ts'
import { identitiesMigration } from './0003-identities.ts'
import { accountsMigration } from './0004-accounts.ts'
import { loginMigration } from './0005-login.ts'
import { keyNamesMigration } from './0006-key-names.ts'
import { slugsMigration } from './0007-slugs.ts'
import { keyParentsMigration } from './0008-key-parents.ts'
import { pickupsMigration } from './0009-pickups.ts'

/** Every migration by name, in the order of their names. A name that was released is never changed. */
export function allMigrations(types: ColumnTypes): Record<string, Migration> {
  return {
    '0001-keys': keysMigration(types),
    '0002-people': peopleMigration(types),
    '0003-identities': identitiesMigration(types),
    '0004-accounts': accountsMigration(types),
    '0005-login': loginMigration(types),
    '0006-key-names': keyNamesMigration(),
    '0007-slugs': slugsMigration(types),
    '0008-key-parents': keyParentsMigration(),
    '0009-pickups': pickupsMigration(types),
  }
}
