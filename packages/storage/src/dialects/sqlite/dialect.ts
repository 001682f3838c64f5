import type { DatabaseConnection, Dialect, Driver, TransactionSettings } from 'kysely'
import { SqliteAdapter, SqliteIntrospector, SqliteQueryCompiler } from 'kysely'
import type { SqliteConnection } from './connection.ts'

class NodeSqliteAdapter extends SqliteAdapter {
  /** CREATE TABLE rolls back like everything else in SQLite, so migrations run in one transaction. */
  override get supportsTransactionalDdl(): boolean {
    return true
  }
}

// Prepared queries are kept for each adapter, and all connections speak the same SQL.
const adapter = new NodeSqliteAdapter()

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

/** Kysely over one connection; Kysely itself lets one caller at a time use it. */
export function nodeSqliteDialect(connection: SqliteConnection): Dialect {
  return {
    createDriver: () => new NodeSqliteDriver(connection),
    createQueryCompiler: () => new SqliteQueryCompiler(),
    createAdapter: () => adapter,
    createIntrospector: (db) => new SqliteIntrospector(db),
  }
}
