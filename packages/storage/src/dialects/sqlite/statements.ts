import type { DatabaseSync, StatementSync } from 'node:sqlite'

export interface CachedStatement {
  readonly statement: StatementSync
  /** False for one that only changes something. */
  readonly hasRows: boolean
}

/** Prepared statements by their text. The one used longest ago makes room for a new one. */
export class StatementCache {
  readonly #database: DatabaseSync
  readonly #sizeMax: number
  readonly #statements = new Map<string, CachedStatement>()

  constructor(database: DatabaseSync, sizeMax = 200) {
    this.#database = database
    this.#sizeMax = sizeMax
  }

  get size(): number {
    return this.#statements.size
  }

  get(text: string): CachedStatement {
    const known = this.#statements.get(text)
    if (known !== undefined) {
      this.#statements.delete(text)
      this.#statements.set(text, known)
      return known
    }
    const statement = this.#database.prepare(text)
    const cached = { statement, hasRows: statement.columns().length > 0 }
    if (this.#statements.size >= this.#sizeMax) {
      const [oldest] = this.#statements.keys()
      if (oldest !== undefined) this.#statements.delete(oldest)
    }
    this.#statements.set(text, cached)
    return cached
  }
}
