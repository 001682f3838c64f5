import type { DatabaseSync } from 'node:sqlite'

export interface Metric {
  readonly name: string
  readonly step: number
  readonly value: number
  readonly reported_at: number
}

/** Values of one run that are shown at most. */
const LISTED_MAX = 1000

export class Metrics {
  readonly #db: DatabaseSync

  constructor(db: DatabaseSync) {
    this.#db = db
  }

  /** A step that is reported again has the newer value: a worker that is started anew repeats itself. */
  report(run: string, { name, step, value, reported_at }: Metric): void {
    this.#db
      .prepare(
        `INSERT INTO metrics (run, name, step, value, reported_at) VALUES (?, ?, ?, ?, ?)
         ON CONFLICT (run, name, step) DO UPDATE SET
           value = excluded.value, reported_at = excluded.reported_at`,
      )
      .run(run, name, step, value, reported_at)
  }

  list(run: string): Metric[] {
    const rows = this.#db
      .prepare(
        `SELECT name, step, value, reported_at FROM metrics WHERE run = ?
         ORDER BY name, step LIMIT ?`,
      )
      .all(run, LISTED_MAX)
    return rows as unknown as Metric[]
  }
}
