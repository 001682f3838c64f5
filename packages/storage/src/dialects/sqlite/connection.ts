// One connection of node:sqlite under Kysely. It turns SQLite's errors into ours, and a transaction in which any
// statement failed can only be rolled back: SQLite may have ended it by itself, and what follows would then commit
// statement by statement.

import type { DatabaseSync } from 'node:sqlite'
import type { CompiledQuery, DatabaseConnection, QueryResult } from 'kysely'
import { StoreUnavailable } from '@keywright/core'
import { translateError } from './errors.ts'
import type { Health } from './health.ts'
import { StatementCache } from './statements.ts'

type Values = (string | number | bigint | null)[]

export class SqliteConnection implements DatabaseConnection {
  readonly #database: DatabaseSync
  readonly #health: Health
  readonly #statements: StatementCache
  #transaction: 'none' | 'running' | 'failed' = 'none'

  constructor(database: DatabaseSync, health: Health) {
    this.#database = database
    this.#health = health
    this.#statements = new StatementCache(database)
  }

  async executeQuery<Row>(query: CompiledQuery): Promise<QueryResult<Row>> {
    this.#assertUsable()
    return this.#attempt(() => {
      const { statement, hasRows } = this.#statements.get(query.sql)
      const values = query.parameters as Values
      if (hasRows) return { rows: statement.all(...values) as Row[] }
      const { changes } = statement.run(...values)
      return { rows: [], numAffectedRows: BigInt(changes) }
    })
  }

  // eslint-disable-next-line require-yield -- Kysely's interface wants a generator; nothing here is streamed
  async *streamQuery<Row>(): AsyncIterableIterator<QueryResult<Row>> {
    throw new TypeError('Rows are read in pages, not streamed.')
  }

  begin(isReadOnly: boolean): void {
    this.#health.assert()
    this.#attempt(() => this.#run(isReadOnly ? 'begin' : 'begin immediate'))
    this.#transaction = 'running'
  }

  commit(): void {
    this.#assertUsable()
    this.#attempt(() => this.#run('commit'))
    this.#transaction = 'none'
  }

  rollback(): void {
    this.#transaction = 'none'
    // After some errors SQLite has rolled back by itself.
    if (this.#database.isOpen && this.#database.isTransaction) {
      this.#attempt(() => this.#run('rollback'))
    }
  }

  #run(text: string): void {
    this.#statements.get(text).statement.run()
  }

  #assertUsable(): void {
    this.#health.assert()
    if (this.#transaction === 'failed') {
      throw new StoreUnavailable('An earlier statement of this transaction failed.')
    }
  }

  #attempt<Result>(work: () => Result): Result {
    try {
      return work()
    } catch (error) {
      if (this.#transaction === 'running') this.#transaction = 'failed'
      const translated = translateError(error)
      if (translated instanceof StoreUnavailable && translated.isFatal) this.#health.end(translated)
      throw translated
    }
  }
}
