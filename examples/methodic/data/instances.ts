import type { DatabaseSync } from 'node:sqlite'
import { newId } from './new-id.ts'

/** One program that was started for a run. */
export interface Instance {
  readonly id: string
  readonly run: string
  /** The worker key it was given; null until it is minted. */
  readonly key_id: string | null
  readonly started_at: number
  readonly ended_at: number | null
  /** How it ended: `exit 0`, `SIGKILL`, `lost` when the server went away under it. */
  readonly ending: string | null
}

export class Instances {
  readonly #db: DatabaseSync

  constructor(db: DatabaseSync) {
    this.#db = db
  }

  /** Takes the one place of a living instance that an unfinished run has. Undefined: it is taken, or the run finished. */
  claim(run: string, startedAt: number): Instance | undefined {
    const row = this.#db
      .prepare(
        `INSERT INTO instances (id, run, started_at)
         SELECT ?, resource, ? FROM runs WHERE resource = ? AND finished_at IS NULL
         ON CONFLICT (run) WHERE ended_at IS NULL DO NOTHING RETURNING *`,
      )
      .get(newId('ins', startedAt), startedAt, run)
    return row as Instance | undefined
  }

  /** Gives a place back that nothing was started in. */
  release(id: string): void {
    this.#db.prepare('DELETE FROM instances WHERE id = ?').run(id)
  }

  setKey(id: string, keyId: string): void {
    this.#db.prepare('UPDATE instances SET key_id = ? WHERE id = ?').run(keyId, id)
  }

  end(id: string, { at, ending }: { at: number; ending: string }): void {
    this.#db
      .prepare('UPDATE instances SET ended_at = ?, ending = ? WHERE id = ? AND ended_at IS NULL')
      .run(at, ending, id)
  }

  /** The newest of a run. */
  latest(run: string): Instance | undefined {
    const row = this.#db
      .prepare(
        'SELECT * FROM instances WHERE run = ? ORDER BY ended_at IS NULL DESC, rowid DESC LIMIT 1',
      )
      .get(run)
    return row as Instance | undefined
  }

  /** Those that nothing has been heard of the end of. */
  living(): Instance[] {
    return this.#db
      .prepare('SELECT * FROM instances WHERE ended_at IS NULL')
      .all() as unknown as Instance[]
  }
}
