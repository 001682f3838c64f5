import type { DatabaseSync } from 'node:sqlite'

export interface Project {
  /** The handle of whose space it lies in. */
  readonly owner: string
  readonly name: string
  readonly created_at: number
}

export class Projects {
  readonly #db: DatabaseSync

  constructor(db: DatabaseSync) {
    this.#db = db
  }

  /** @returns undefined when the owner has a project of that name already */
  create(owner: string, name: string, createdAt: number): Project | undefined {
    const made = this.#db
      .prepare('INSERT OR IGNORE INTO projects (owner, name, created_at) VALUES (?, ?, ?)')
      .run(owner, name, createdAt)
    return made.changes === 1 ? { owner, name, created_at: createdAt } : undefined
  }

  find(owner: string, name: string): Project | undefined {
    const row = this.#db
      .prepare('SELECT owner, name, created_at FROM projects WHERE owner = ? AND name = ?')
      .get(owner, name)
    return row as Project | undefined
  }

  listOf(owner: string): Project[] {
    const rows = this.#db
      .prepare('SELECT owner, name, created_at FROM projects WHERE owner = ? ORDER BY name')
      .all(owner)
    return rows as unknown as Project[]
  }
}
