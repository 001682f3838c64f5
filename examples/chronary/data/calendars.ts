import type { DatabaseSync } from 'node:sqlite'
import { newId } from './new-id.ts'

export interface Calendar {
  readonly id: string
  readonly agent_id: string
  readonly name: string
  readonly created_at: number
}

export class Calendars {
  readonly #db: DatabaseSync

  constructor(db: DatabaseSync) {
    this.#db = db
  }

  create(agentId: string, calendar: { name: string; createdAt: number }): Calendar {
    const id = newId('cal')
    this.#db
      .prepare('INSERT INTO calendars (id, agent_id, name, created_at) VALUES (?, ?, ?, ?)')
      .run(id, agentId, calendar.name, calendar.createdAt)
    return { id, agent_id: agentId, name: calendar.name, created_at: calendar.createdAt }
  }

  find(agentId: string, id: string): Calendar | undefined {
    const row = this.#db
      .prepare('SELECT * FROM calendars WHERE agent_id = ? AND id = ?')
      .get(agentId, id)
    return row as Calendar | undefined
  }

  list(agentId: string): Calendar[] {
    const rows = this.#db
      .prepare('SELECT * FROM calendars WHERE agent_id = ? ORDER BY created_at, id')
      .all(agentId)
    return rows as unknown as Calendar[]
  }

  /** Its events and subscriptions go with it. */
  delete(agentId: string, id: string): boolean {
    const { changes } = this.#db
      .prepare('DELETE FROM calendars WHERE agent_id = ? AND id = ?')
      .run(agentId, id)
    return changes === 1
  }
}
