import type { DatabaseSync } from 'node:sqlite'
import type { Page } from './page.ts'

export interface Variation {
  readonly experiment_id: string
  /** Counted from 1 in its experiment. */
  readonly number: number
  readonly name: string | null
  /** A JSON object. */
  readonly parameters: string
  readonly created_at: number
}

export interface NewVariation {
  readonly name: string | null
  readonly parameters: string
  readonly createdAt: number
}

export class Variations {
  readonly #db: DatabaseSync

  constructor(db: DatabaseSync) {
    this.#db = db
  }

  create(experimentId: string, { name, parameters, createdAt }: NewVariation): Variation {
    const row = this.#db
      .prepare(
        `INSERT INTO variations (experiment_id, number, name, parameters, created_at)
         SELECT ?1, coalesce(max(number), 0) + 1, ?2, ?3, ?4 FROM variations
         WHERE experiment_id = ?1 RETURNING *`,
      )
      .get(experimentId, name, parameters, createdAt)
    return row as unknown as Variation
  }

  find(experimentId: string, number: number): Variation | undefined {
    const row = this.#db
      .prepare('SELECT * FROM variations WHERE experiment_id = ? AND number = ?')
      .get(experimentId, number)
    return row as Variation | undefined
  }

  list(experimentId: string, { after, limit }: Page<number>): Variation[] {
    const rows = this.#db
      .prepare(
        `SELECT * FROM variations WHERE experiment_id = ? AND number > ? ORDER BY number LIMIT ?`,
      )
      .all(experimentId, after, limit)
    return rows as unknown as Variation[]
  }
}
