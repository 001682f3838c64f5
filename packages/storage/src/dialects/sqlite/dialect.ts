import type { DatabaseConnection, Dialect, Driver, TransactionSettings } from 'kysely'
import { SqliteAdapter, SqliteIntrospector, SqliteQueryCompiler } from 'kysely'
import type { Lend } from '../backend.ts'
import type { SqliteConnection } from './connection.ts'

class NodeSqliteAdapter extends SqliteAdapter {
  /** CREATE TABLE rolls back like everything else in SQLite, so migrations run in one transaction. */
  override get supportsTransactionalDdl(): boolean {
    return true
  }
}

// Prepared queries are kept for each adapter, and all connections speak the same SQL.
const adapter = new NodeSqliteAdapter()

class BorrowingAdapter extends NodeSqliteAdapter {
  /** Who lends lets one caller at a time in. Kysely's own lock would stay closed for ever when lending fails once. */
  override get supportsMultipleConnections(): boolean {
    return true
  }
}

const borrowingAdapter = new BorrowingAdapter()

class NodeSqliteDriver implements Driver {
  readonly #connection: SqliteConnection

  constructor(connection: SqliteConnection) {
    this.#connection = connection
  }

  async init(): Promise<void> {}

  async acquireConnection(): Promise<DatabaseConnection> {
    return this.#connection
  }

  async beginTransaction(_: DatabaseConnection, settings: TransactionSettings): Promise<void> {
    this.#connection.begin(settings.accessMode === 'read only')
  }

  async commitTransaction(): Promise<void> {
    this.#connection.commit()
  }

  async rollbackTransaction(): Promise<void> {
    this.#connection.rollback()
  }

  async releaseConnection(): Promise<void> {}

  /** The handle is closed by whoever opened it. */
  async destroy(): Promise<void> {}
}

/** The same connection, used only while it is lent. */
class BorrowingDriver extends NodeSqliteDriver {
  readonly #lend: Lend
  #giveBack: () => void = () => {}

  constructor(connection: SqliteConnection, lend: Lend) {
    super(connection)
    this.#lend = lend
  }

  override acquireConnection(): Promise<DatabaseConnection> {
    return new Promise((resolve, reject) => {
      const work = (): Promise<void> =>
        new Promise((giveBack) => {
          this.#giveBack = giveBack
          resolve(super.acquireConnection())
        })
      this.#lend(work).catch(reject)
    })
  }

  override async releaseConnection(): Promise<void> {
    this.#giveBack()
  }
}

/**
 * Kysely over one connection; Kysely itself lets one caller at a time use it.
 * @param lend set for a second Kysely over the connection: it waits for its turn
 */
export function nodeSqliteDialect(connection: SqliteConnection, lend?: Lend): Dialect {
  return {
    createDriver: () =>
      lend === undefined ? new NodeSqliteDriver(connection) : new BorrowingDriver(connection, lend),
    createQueryCompiler: () => new SqliteQueryCompiler(),
    createAdapter: () => (lend === undefined ? adapter : borrowingAdapter),
    createIntrospector: (db) => new SqliteIntrospector(db),
  }
}
