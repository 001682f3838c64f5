import type { DatabaseSync } from 'node:sqlite'
import type { Page } from './page.ts'
import type { Variation } from './variations.ts'

export type Outcome = 'succeeded' | 'failed'

export interface Run {
  /** Its whole name: `organizations/org_1/experiments/exp_1/variations/1/runs/1`. */
  readonly resource: string
  readonly experiment_id: string
  readonly variation: number
  /** Counted from 1 in its variation. */
  readonly number: number
  readonly created_at: number
  /** Null until it is finished. */
  readonly outcome: Outcome | null
  readonly finished_at: number | null
}

type VariationName = Pick<Variation, 'experiment_id' | 'number'>

/** Which run of which experiment. */
export interface RunName {
  readonly experimentId: string
  readonly variation: number
  readonly number: number
}

export class Runs {
  readonly #db: DatabaseSync

  constructor(db: DatabaseSync) {
    this.#db = db
  }

  /** @param of the variation, and its whole resource name */
  create(of: { variation: VariationName; resource: string }, createdAt: number): Run {
    const { experiment_id, number } = of.variation
    const row = this.#db
      .prepare(
        `INSERT INTO runs (resource, experiment_id, variation, number, created_at)
         SELECT ?1 || '/runs/' || (coalesce(max(number), 0) + 1), ?2, ?3, coalesce(max(number), 0) + 1, ?4
         FROM runs WHERE experiment_id = ?2 AND variation = ?3 RETURNING *`,
      )
      .get(of.resource, experiment_id, number, createdAt)
    return row as unknown as Run
  }

  find({ experimentId, variation, number }: RunName): Run | undefined {
    const row = this.#db
      .prepare('SELECT * FROM runs WHERE experiment_id = ? AND variation = ? AND number = ?')
      .get(experimentId, variation, number)
    return row as Run | undefined
  }

  list({ experiment_id, number }: VariationName, { after, limit }: Page<number>): Run[] {
    const rows = this.#db
      .prepare(
        `SELECT * FROM runs WHERE experiment_id = ? AND variation = ? AND number > ?
         ORDER BY number LIMIT ?`,
      )
      .all(experiment_id, number, after, limit)
    return rows as unknown as Run[]
  }

  /** The first outcome stays. */
  finish(resource: string, { outcome, at }: { outcome: Outcome; at: number }): Run {
    const row = this.#db
      .prepare(
        `UPDATE runs SET outcome = coalesce(outcome, ?), finished_at = coalesce(finished_at, ?)
         WHERE resource = ? RETURNING *`,
      )
      .get(outcome, at, resource)
    return row as unknown as Run
  }
}
