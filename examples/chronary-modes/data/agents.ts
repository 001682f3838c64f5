import type { DatabaseSync } from 'node:sqlite'

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

  add(organization: string, { id, name, created_at }: Agent): void {
    this.#db
      .prepare('INSERT INTO agents (id, organization, name, created_at) VALUES (?, ?, ?, ?)')
      .run(id, organization, name, created_at)
  }

  find(organization: string, id: string): Agent | undefined {
    const row = this.#db
      .prepare('SELECT id, name, created_at FROM agents WHERE organization = ? AND id = ?')
      .get(organization, id)
    return row as Agent | undefined
  }

  list(organization: string): Agent[] {
    const rows = this.#db
      .prepare(
        'SELECT id, name, created_at FROM agents WHERE organization = ? ORDER BY created_at, id',
      )
      .all(organization)
    return rows as unknown as Agent[]
  }
}
