// The first schema. Indexes follow the questions asked. Most ask about one organisation, the top of a tree: all rows
// below it are found by equality and come in the order of the list, so a page costs the same however large anybody
// is. Deeper subtrees are found by a range of names. Usage and events name keys without a foreign key: they are
// written behind or for good.

import type { Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'
import type { ColumnTypes } from '../schema/column-types.ts'

export function keysMigration(types: ColumnTypes): Migration {
  return {
    async up(db: Kysely<unknown>): Promise<void> {
      await createFeed(db, types)
      await createKeys(db, types)
      await createSecrets(db, types)
      await createAccounts(db, types)
      await createRecords(db, types)
    },
  }
}

async function createFeed({ schema }: Kysely<unknown>, types: ColumnTypes): Promise<void> {
  await schema
    .createTable('feed_head')
    .addColumn('id', types.integer, (column) => column.notNull().primaryKey())
    .addColumn('epoch', types.text, (column) => column.notNull())
    .addColumn('seq', types.integer, (column) => column.notNull())
    .modifyEnd(types.tableEnd)
    .execute()
  await schema
    .createTable('events')
    .addColumn('seq', types.integer, (column) => column.notNull().primaryKey())
    .addColumn('type', types.text, (column) => column.notNull())
    .addColumn('at', types.integer, (column) => column.notNull())
    .addColumn('actor', types.text, (column) => column.notNull())
    .addColumn('key_id', types.text)
    .addColumn('resource', types.text, (column) => column.notNull())
    .addColumn('top_resource', types.text, (column) => column.notNull())
    .addColumn('mode', types.text)
    .addColumn('data', types.text, (column) => column.notNull())
    .modifyEnd(types.tableEnd)
    .execute()
  await schema.createIndex('events_by_key').on('events').columns(['key_id', 'seq']).execute()
  await schema.createIndex('events_by_top').on('events').columns(['top_resource', 'seq']).execute()
  await schema.createIndex('events_by_resource').on('events').columns(['resource', 'seq']).execute()
}

async function createKeys({ schema }: Kysely<unknown>, types: ColumnTypes): Promise<void> {
  await schema
    .createTable('keys')
    .addColumn('id', types.text, (column) => column.notNull().primaryKey())
    .addColumn('kind', types.text, (column) => column.notNull())
    .addColumn('holder', types.text, (column) => column.notNull())
    .addColumn('resource', types.text, (column) => column.notNull())
    .addColumn('top_resource', types.text, (column) => column.notNull())
    .addColumn('mode', types.text)
    .addColumn('scopes', types.text, (column) => column.notNull())
    .addColumn('name', types.text)
    .addColumn('metadata', types.text)
    .addColumn('start', types.text, (column) => column.notNull())
    .addColumn('parent_id', types.text, (column) => column.references('keys.id'))
    .addColumn('created_at', types.integer, (column) => column.notNull())
    .addColumn('created_by', types.text, (column) => column.notNull())
    .addColumn('expires_at', types.integer)
    .addColumn('revoked_at', types.integer)
    .addColumn('revoked_by', types.text)
    .addColumn('rotated_at', types.integer)
    .addColumn('last_used_at', types.integer)
    .addColumn('slot', types.text)
    .modifyEnd(types.tableEnd)
    .execute()
  await schema.createIndex('keys_by_top').on('keys').columns(['top_resource', 'id']).execute()
  await schema.createIndex('keys_by_resource').on('keys').columns(['resource', 'id']).execute()
  // Most keys have no slot; they take no room in this index.
  await schema
    .createIndex('keys_by_slot')
    .unique()
    .on('keys')
    .column('slot')
    .where('slot', 'is not', null)
    .execute()
}

async function createSecrets({ schema }: Kysely<unknown>, types: ColumnTypes): Promise<void> {
  await schema
    .createTable('secrets')
    .addColumn('digest', types.text, (column) => column.notNull().primaryKey())
    .addColumn('key_id', types.text, (column) => column.notNull().references('keys.id'))
    .addColumn('start', types.text, (column) => column.notNull())
    .addColumn('created_at', types.integer, (column) => column.notNull())
    .addColumn('ends_at', types.integer)
    .modifyEnd(types.keyedTableEnd)
    .execute()
  await schema.createIndex('secrets_by_key').on('secrets').column('key_id').execute()
}

async function createAccounts({ schema }: Kysely<unknown>, types: ColumnTypes): Promise<void> {
  await schema
    .createTable('resource_states')
    .addColumn('resource', types.text, (column) => column.notNull().primaryKey())
    .addColumn('state', types.text, (column) => column.notNull())
    .addColumn('changed_at', types.integer, (column) => column.notNull())
    .addColumn('changed_by', types.text, (column) => column.notNull())
    .modifyEnd(types.keyedTableEnd)
    .execute()
  await schema
    .createTable('quota_accounts')
    .addColumn('quota', types.text, (column) => column.notNull())
    .addColumn('subject', types.text, (column) => column.notNull())
    .addColumn('mode', types.text, (column) => column.notNull())
    .addColumn('period', types.text, (column) => column.notNull())
    .addColumn('granted', types.integer, (column) => column.notNull())
    .addPrimaryKeyConstraint('quota_accounts_key', ['quota', 'subject', 'mode', 'period'])
    .modifyEnd(types.keyedTableEnd)
    .execute()
}

async function createRecords({ schema }: Kysely<unknown>, types: ColumnTypes): Promise<void> {
  await schema
    .createTable('usage_days')
    .addColumn('day', types.text, (column) => column.notNull())
    .addColumn('key_id', types.text, (column) => column.notNull())
    .addColumn('top_resource', types.text, (column) => column.notNull())
    .addColumn('allowed', types.integer, (column) => column.notNull())
    .addColumn('refused', types.integer, (column) => column.notNull())
    .addColumn('units', types.integer, (column) => column.notNull())
    .addPrimaryKeyConstraint('usage_days_key', ['day', 'key_id'])
    .modifyEnd(types.keyedTableEnd)
    .execute()
  await schema
    .createIndex('usage_by_top')
    .on('usage_days')
    .columns(['top_resource', 'day', 'key_id'])
    .execute()
  await schema.createIndex('usage_by_key').on('usage_days').columns(['key_id', 'day']).execute()
  await schema
    .createTable('idempotency_records')
    .addColumn('actor', types.text, (column) => column.notNull())
    .addColumn('idempotency_key', types.text, (column) => column.notNull())
    .addColumn('request_digest', types.text, (column) => column.notNull())
    .addColumn('key_id', types.text, (column) => column.notNull())
    .addColumn('created_at', types.integer, (column) => column.notNull())
    .addPrimaryKeyConstraint('idempotency_records_key', ['actor', 'idempotency_key'])
    .modifyEnd(types.keyedTableEnd)
    .execute()
  await schema
    .createIndex('idempotency_by_age')
    .on('idempotency_records')
    .column('created_at')
    .execute()
  await schema
    .createTable('meta')
    .addColumn('name', types.text, (column) => column.notNull().primaryKey())
    .addColumn('value', types.text, (column) => column.notNull())
    .modifyEnd(types.keyedTableEnd)
    .execute()
}
