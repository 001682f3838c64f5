// Accounts: how people sign in with us. The rows are written by Better Auth, under our names and on our writer; what it
// calls a date is RFC 3339 text here. Attempts are ours: how often somebody has guessed.

import type { Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'
import type { ColumnTypes } from '../schema/column-types.ts'

export function accountsMigration(types: ColumnTypes): Migration {
  return {
    async up(db: Kysely<unknown>): Promise<void> {
      await createUsers(db, types)
      await createSessions(db, types)
      await createSecondFactors(db, types)
      await createOneTimeRows(db, types)
    },
  }
}

async function createUsers({ schema }: Kysely<unknown>, types: ColumnTypes): Promise<void> {
  await schema
    .createTable('account_users')
    .addColumn('id', types.text, (column) => column.notNull().primaryKey())
    .addColumn('name', types.text, (column) => column.notNull())
    .addColumn('email', types.text, (column) => column.notNull().unique())
    .addColumn('email_verified', types.integer, (column) => column.notNull())
    .addColumn('image', types.text)
    .addColumn('totp_enabled', types.integer)
    .addColumn('person_id', types.text, (column) => column.references('persons.id'))
    .addColumn('created_at', types.text, (column) => column.notNull())
    .addColumn('updated_at', types.text, (column) => column.notNull())
    .modifyEnd(types.keyedTableEnd)
    .execute()
  await schema
    .createTable('account_credentials')
    .addColumn('id', types.text, (column) => column.notNull().primaryKey())
    .addColumn('user_id', types.text, (column) => column.notNull().references('account_users.id'))
    .addColumn('provider', types.text, (column) => column.notNull())
    .addColumn('subject', types.text, (column) => column.notNull())
    .addColumn('password', types.text)
    .addColumn('created_at', types.text, (column) => column.notNull())
    .addColumn('updated_at', types.text, (column) => column.notNull())
    .addUniqueConstraint('account_credentials_by_subject', ['provider', 'subject'])
    .modifyEnd(types.keyedTableEnd)
    .execute()
  await schema
    .createIndex('account_credentials_by_user')
    .on('account_credentials')
    .column('user_id')
    .execute()
}

async function createSessions({ schema }: Kysely<unknown>, types: ColumnTypes): Promise<void> {
  await schema
    .createTable('account_sessions')
    .addColumn('id', types.text, (column) => column.notNull().primaryKey())
    .addColumn('user_id', types.text, (column) => column.notNull().references('account_users.id'))
    .addColumn('token', types.text, (column) => column.notNull().unique())
    .addColumn('expires_at', types.text, (column) => column.notNull())
    .addColumn('last_used_at', types.integer)
    .addColumn('network', types.text)
    .addColumn('user_agent', types.text)
    .addColumn('created_at', types.text, (column) => column.notNull())
    .addColumn('updated_at', types.text, (column) => column.notNull())
    .modifyEnd(types.keyedTableEnd)
    .execute()
  await schema
    .createIndex('account_sessions_by_user')
    .on('account_sessions')
    .column('user_id')
    .execute()
}

async function createSecondFactors({ schema }: Kysely<unknown>, types: ColumnTypes): Promise<void> {
  await schema
    .createTable('account_totp')
    .addColumn('id', types.text, (column) => column.notNull().primaryKey())
    .addColumn('user_id', types.text, (column) =>
      column.notNull().unique().references('account_users.id'),
    )
    .addColumn('secret', types.text, (column) => column.notNull())
    .addColumn('recovery_codes', types.text, (column) => column.notNull())
    .addColumn('verified', types.integer)
    .addColumn('failed_count', types.integer)
    .addColumn('locked_until', types.text)
    .addColumn('last_step', types.integer)
    .modifyEnd(types.keyedTableEnd)
    .execute()
  await schema
    .createTable('account_passkeys')
    .addColumn('id', types.text, (column) => column.notNull().primaryKey())
    .addColumn('user_id', types.text, (column) => column.notNull().references('account_users.id'))
    .addColumn('name', types.text)
    .addColumn('credential_id', types.text, (column) => column.notNull().unique())
    .addColumn('public_key', types.text, (column) => column.notNull())
    .addColumn('counter', types.integer, (column) => column.notNull())
    .addColumn('device_type', types.text, (column) => column.notNull())
    .addColumn('backed_up', types.integer, (column) => column.notNull())
    .addColumn('transports', types.text)
    .addColumn('aaguid', types.text)
    .addColumn('created_at', types.text)
    .modifyEnd(types.keyedTableEnd)
    .execute()
  await schema
    .createIndex('account_passkeys_by_user')
    .on('account_passkeys')
    .column('user_id')
    .execute()
}

async function createOneTimeRows({ schema }: Kysely<unknown>, types: ColumnTypes): Promise<void> {
  await schema
    .createTable('account_verifications')
    .addColumn('id', types.text, (column) => column.notNull().primaryKey())
    .addColumn('identifier', types.text, (column) => column.notNull())
    .addColumn('value', types.text, (column) => column.notNull())
    .addColumn('expires_at', types.text, (column) => column.notNull())
    .addColumn('created_at', types.text, (column) => column.notNull())
    .addColumn('updated_at', types.text, (column) => column.notNull())
    .modifyEnd(types.keyedTableEnd)
    .execute()
  await schema
    .createIndex('account_verifications_by_identifier')
    .on('account_verifications')
    .column('identifier')
    .execute()
  await schema
    .createIndex('account_verifications_by_end')
    .on('account_verifications')
    .column('expires_at')
    .execute()
  await schema
    .createTable('account_attempts')
    .addColumn('subject', types.text, (column) => column.notNull().primaryKey())
    .addColumn('count', types.integer, (column) => column.notNull())
    .addColumn('ends_at', types.integer, (column) => column.notNull())
    .modifyEnd(types.keyedTableEnd)
    .execute()
  await schema
    .createIndex('account_attempts_by_end')
    .on('account_attempts')
    .column('ends_at')
    .execute()
}
