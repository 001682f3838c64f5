import { Migrator } from 'kysely/migration'
import type { Migration } from 'kysely/migration'
import { ROOT_KEY_CHECK } from '../root-key/check.ts'
import type { Database } from './tables.ts'

export interface MigrateOptions {
  readonly migrations: Record<string, Migration>
  /** Set when the database is empty: what its first rows are made of. */
  readonly seed: { readonly epoch: string; readonly rootKeyCheck: string } | undefined
}

/** Runs what is missing, and writes the first rows, in one transaction: a crash leaves all of it or nothing. */
export async function migrate(db: Database, { migrations, seed }: MigrateOptions): Promise<void> {
  await db.transaction().execute(async (transaction) => {
    const provider = { getMigrations: async () => migrations }
    const { error } = await new Migrator({ db: transaction, provider }).migrateToLatest()
    if (error instanceof Error) throw error
    if (error !== undefined) throw new Error('A migration failed.', { cause: error })
    if (seed === undefined) return
    const { epoch, rootKeyCheck } = seed
    await transaction.insertInto('feed_head').values({ id: 1, epoch, seq: 0 }).execute()
    await transaction
      .insertInto('meta')
      .values({ name: ROOT_KEY_CHECK, value: rootKeyCheck })
      .execute()
  })
}
