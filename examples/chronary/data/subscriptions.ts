import type { DatabaseSync } from 'node:sqlite'
import { newId } from './new-id.ts'

/** A calendar that somebody's calendar program follows. */
export interface Subscription {
  readonly id: string
  readonly agent_id: string
  readonly calendar_id: string
  readonly created_at: number
}

export class Subscriptions {
  readonly #db: DatabaseSync

  constructor(db: DatabaseSync) {
    this.#db = db
  }

  create(agentId: string, made: { calendarId: string; createdAt: number }): Subscription {
    const row = this.#db
      .prepare(
        `INSERT INTO subscriptions (id, agent_id, calendar_id, created_at)
         VALUES (?, ?, ?, ?) RETURNING *`,
      )
      .get(newId('sub'), agentId, made.calendarId, made.createdAt)
    return row as unknown as Subscription
  }

  find(agentId: string, id: string): Subscription | undefined {
    const row = this.#db
      .prepare('SELECT * FROM subscriptions WHERE agent_id = ? AND id = ?')
      .get(agentId, id)
    return row as Subscription | undefined
  }

  list(agentId: string): Subscription[] {
    const rows = this.#db
      .prepare('SELECT * FROM subscriptions WHERE agent_id = ? ORDER BY created_at, id')
      .all(agentId)
    return rows as unknown as Subscription[]
  }

  delete(agentId: string, id: string): boolean {
    const { changes } = this.#db
      .prepare('DELETE FROM subscriptions WHERE agent_id = ? AND id = ?')
      .run(agentId, id)
    return changes === 1
  }
}
