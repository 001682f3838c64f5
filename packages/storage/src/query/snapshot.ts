import type { Database } from '../schema/tables.ts'

/** Runs several reads over one consistent state of the database; inside a transaction, over the transaction's own. */
export function inSnapshot<Result>(
  db: Database,
  read: (db: Database) => Promise<Result>,
): Promise<Result> {
  if (db.isTransaction) return read(db)
  return db
    .transaction()
    .setIsolationLevel('repeatable read')
    .setAccessMode('read only')
    .execute(read)
}
