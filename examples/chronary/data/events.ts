import type { DatabaseSync } from 'node:sqlite'
import type { Span } from '../time/span.ts'
import { newId } from './new-id.ts'

export interface CalendarEvent {
  readonly id: string
  readonly agent_id: string
  readonly calendar_id: string
  readonly title: string
  readonly starts_at: number
  readonly ends_at: number
  readonly created_at: number
}

export interface NewEvent extends Span {
  readonly calendarId: string
  readonly title: string
  readonly createdAt: number
}

const LIST_MAX = 1000

export class Events {
  readonly #db: DatabaseSync

  constructor(db: DatabaseSync) {
    this.#db = db
  }

  create(agentId: string, event: NewEvent): CalendarEvent {
    const row = this.#db
      .prepare(
        `INSERT INTO events (id, agent_id, calendar_id, title, starts_at, ends_at, created_at)
         VALUES (?, ?, ?, ?, ?, ?, ?) RETURNING *`,
      )
      .get(
        newId('evt'),
        agentId,
        event.calendarId,
        event.title,
        event.start,
        event.end,
        event.createdAt,
      )
    return row as unknown as CalendarEvent
  }

  /** Those that touch the span, in order of time. */
  list(agentId: string, { start, end }: Span): CalendarEvent[] {
    const rows = this.#db
      .prepare(
        `SELECT * FROM events WHERE agent_id = ? AND starts_at < ? AND ends_at > ?
         ORDER BY starts_at, id LIMIT ?`,
      )
      .all(agentId, end, start, LIST_MAX)
    return rows as unknown as CalendarEvent[]
  }

  /** When the agent is busy in a span; spans may overlap. */
  busy(agentId: string, { start, end }: Span): Span[] {
    const rows = this.#db
      .prepare(
        `SELECT starts_at AS start, ends_at AS end FROM events
         WHERE agent_id = ? AND starts_at < ? AND ends_at > ?`,
      )
      .all(agentId, end, start)
    return rows as unknown as Span[]
  }

  delete(agentId: string, id: string): boolean {
    const { changes } = this.#db
      .prepare('DELETE FROM events WHERE agent_id = ? AND id = ?')
      .run(agentId, id)
    return changes === 1
  }
}
