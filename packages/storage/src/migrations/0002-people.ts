// People, their roles, organizations and invitations. A membership is found by its person when their keys are looked
// up, and by its resource for the list of members. A person's keys that are bound elsewhere have an index of their own,
// which the keys of resources do not enter.

import type { Kysely } from 'kysely'
import { sql } from 'kysely'
import type { Migration } from 'kysely/migration'
import type { ColumnTypes } from '../schema/column-types.ts'

export function peopleMigration(types: ColumnTypes): Migration {
  return {
    async up(db: Kysely<unknown>): Promise<void> {
      await createPeople(db, types)
      await createOrganizations(db, types)
      await createInvitations(db, types)
      await nameHolders(db, types)
    },
  }
}

async function createPeople({ schema }: Kysely<unknown>, types: ColumnTypes): Promise<void> {
  await schema
    .createTable('persons')
    .addColumn('id', types.text, (column) => column.notNull().primaryKey())
    .addColumn('name', types.text, (column) => column.notNull())
    .addColumn('email', types.text)
    .addColumn('email_verified', types.integer, (column) => column.notNull())
    .addColumn('created_at', types.integer, (column) => column.notNull())
    .modifyEnd(types.keyedTableEnd)
    .execute()
  await schema
    .createTable('memberships')
    .addColumn('person_id', types.text, (column) => column.notNull().references('persons.id'))
    .addColumn('resource', types.text, (column) => column.notNull())
    .addColumn('role', types.text, (column) => column.notNull())
    .addColumn('granted_at', types.integer, (column) => column.notNull())
    .addColumn('granted_by', types.text, (column) => column.notNull())
    .addPrimaryKeyConstraint('memberships_key', ['person_id', 'resource'])
    .modifyEnd(types.keyedTableEnd)
    .execute()
  await schema
    .createIndex('memberships_by_resource')
    .on('memberships')
    .columns(['resource', 'person_id'])
    .execute()
}

async function createOrganizations({ schema }: Kysely<unknown>, types: ColumnTypes): Promise<void> {
  await schema
    .createTable('organizations')
    .addColumn('id', types.text, (column) => column.notNull().primaryKey())
    .addColumn('slug', types.text, (column) => column.notNull())
    .addColumn('name', types.text, (column) => column.notNull())
    .addColumn('created_at', types.integer, (column) => column.notNull())
    .modifyEnd(types.keyedTableEnd)
    .execute()
  await schema
    .createIndex('organizations_by_slug')
    .unique()
    .on('organizations')
    .column('slug')
    .execute()
}

async function createInvitations({ schema }: Kysely<unknown>, types: ColumnTypes): Promise<void> {
  await schema
    .createTable('invitations')
    .addColumn('id', types.text, (column) => column.notNull().primaryKey())
    .addColumn('digest', types.text, (column) => column.notNull())
    .addColumn('resource', types.text, (column) => column.notNull())
    .addColumn('role', types.text, (column) => column.notNull())
    .addColumn('email', types.text, (column) => column.notNull())
    .addColumn('created_at', types.integer, (column) => column.notNull())
    .addColumn('created_by', types.text, (column) => column.notNull())
    .addColumn('expires_at', types.integer, (column) => column.notNull())
    .addColumn('accepted_at', types.integer)
    .addColumn('accepted_by', types.text)
    .addColumn('revoked_at', types.integer)
    .modifyEnd(types.tableEnd)
    .execute()
  await schema
    .createIndex('invitations_by_digest')
    .unique()
    .on('invitations')
    .column('digest')
    .execute()
  await schema
    .createIndex('invitations_by_resource')
    .on('invitations')
    .columns(['resource', 'id'])
    .execute()
}

async function nameHolders({ schema }: Kysely<unknown>, types: ColumnTypes): Promise<void> {
  await schema
    .createIndex('keys_by_holder')
    .on('keys')
    .columns(['holder', 'id'])
    .where(sql<boolean>`holder <> resource`)
    .execute()
  await schema.alterTable('events').addColumn('person', types.text).execute()
  await schema
    .createIndex('events_by_person')
    .on('events')
    .columns(['person', 'seq'])
    .where('person', 'is not', null)
    .execute()
}
