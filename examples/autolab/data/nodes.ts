import { randomBytes } from 'node:crypto'
import type { DatabaseSync } from 'node:sqlite'
import type { Project } from './projects.ts'

export interface Node {
  readonly id: string
  readonly name: string
  /** The key that registered it. */
  readonly registered_by: string
  readonly created_at: number
}

export class Nodes {
  readonly #db: DatabaseSync

  constructor(db: DatabaseSync) {
    this.#db = db
  }

  register({ owner, name: project }: Project, node: Omit<Node, 'id'>): Node {
    const id = `node_${randomBytes(8).toString('hex')}`
    const { name, registered_by, created_at } = node
    this.#db
      .prepare(
        `INSERT INTO nodes (id, owner, project, name, registered_by, created_at)
         VALUES (?, ?, ?, ?, ?, ?)`,
      )
      .run(id, owner, project, name, registered_by, created_at)
    return { id, ...node }
  }

  listOf({ owner, name }: Project): Node[] {
    const rows = this.#db
      .prepare(
        `SELECT id, name, registered_by, created_at FROM nodes
         WHERE owner = ? AND project = ? ORDER BY created_at, id`,
      )
      .all(owner, name)
    return rows as unknown as Node[]
  }
}
