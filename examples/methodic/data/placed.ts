import type { DatabaseSync } from 'node:sqlite'
import { newId } from './new-id.ts'
import type { Page } from './page.ts'

/** An experiment or a dataset: something with a name that lives in a place. */
export interface Placed {
  readonly id: string
  readonly place: string
  readonly name: string
  readonly created_at: number
}

/** All experiments, or all datasets. */
export class PlacedThings {
  readonly #db: DatabaseSync
  readonly #table: 'experiments' | 'datasets'

  constructor(db: DatabaseSync, table: 'experiments' | 'datasets') {
    this.#db = db
    this.#table = table
  }

  create(place: string, { name, createdAt }: { name: string; createdAt: number }): Placed {
    const id = newId(this.#table.slice(0, 3), createdAt)
    this.#db
      .prepare(`INSERT INTO ${this.#table} (id, place, name, created_at) VALUES (?, ?, ?, ?)`)
      .run(id, place, name, createdAt)
    return { id, place, name, created_at: createdAt }
  }

  find(id: string): Placed | undefined {
    const row = this.#db.prepare(`SELECT * FROM ${this.#table} WHERE id = ?`).get(id)
    return row as Placed | undefined
  }

  /** Those in any of some places, oldest first. */
  list(places: readonly string[], { after, limit }: Page): Placed[] {
    const rows = this.#db
      .prepare(
        `SELECT * FROM ${this.#table}
         WHERE place IN (SELECT value FROM json_each(?)) AND id > ? ORDER BY id LIMIT ?`,
      )
      .all(JSON.stringify(places), after, limit)
    return rows as unknown as Placed[]
  }
}
