import type { DatabaseSync } from 'node:sqlite'
import { newId } from './new-id.ts'

export interface Agent {
  readonly id: string
  readonly name: string
  readonly created_at: number
}

export class Agents {
  readonly #db: DatabaseSync

  constructor(db: DatabaseSync) {
    this.#db = db
  }

  create(organization: string, agent: { name: string; createdAt: number }): Agent {
    const id = newId('agt')
    this.#db
      .prepare('INSERT INTO agents (id, organization, name, created_at) VALUES (?, ?, ?, ?)')
      .run(id, organization, agent.name, agent.createdAt)
    return { id, name: agent.name, created_at: agent.createdAt }
  }

  find(organization: string, id: string): Agent | undefined {
    const row = this.#db
      .prepare('SELECT id, name, created_at FROM agents WHERE organization = ? AND id = ?')
      .get(organization, id)
    return row as Agent | undefined
  }

  /** @param only that one agent, where the caller reaches no other */
  list(organization: string, only: string | undefined): Agent[] {
    const rows = this.#db
      .prepare(
        `SELECT id, name, created_at FROM agents
         WHERE organization = ? AND (? IS NULL OR id = ?) ORDER BY created_at, id`,
      )
      .all(organization, only ?? null, only ?? null)
    return rows as unknown as Agent[]
  }
}
