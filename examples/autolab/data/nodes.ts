import { randomBytes } from 'node:crypto'
import type { DatabaseSync } from 'node:sqlite'
import type { Project } from './projects.ts'

export interface Node {
  readonly id: string
  readonly name: string
  /** The handle of who registered it. */
  readonly registered_by: string
  readonly created_at: number
  /** When it registered last, which it does again and again while it runs. */
  readonly last_seen_at: number
}

/** What a node says of itself when it registers. */
export interface NewNode {
  readonly name: string
  readonly registered_by: string
  readonly at: number
}

const COLUMNS = 'id, name, registered_by, created_at, last_seen_at'

export class Nodes {
  readonly #db: DatabaseSync

  constructor(db: DatabaseSync) {
    this.#db = db
  }

  /** The node of this name that the person has here, seen again, or a new one. */
  register({ owner, name: project }: Project, node: NewNode): { node: Node; isNew: boolean } {
    const id = `node_${randomBytes(8).toString('hex')}`
    const { name, registered_by, at } = node
    const row = this.#db
      .prepare(
        `INSERT INTO nodes (id, owner, project, name, registered_by, created_at, last_seen_at)
         VALUES (?, ?, ?, ?, ?, ?, ?)
         ON CONFLICT (owner, project, registered_by, name)
         DO UPDATE SET last_seen_at = excluded.last_seen_at
         RETURNING ${COLUMNS}`,
      )
      .get(id, owner, project, name, registered_by, at, at)
    const kept = row as unknown as Node
    return { node: kept, isNew: kept.id === id }
  }

  listOf({ owner, name }: Project): Node[] {
    const rows = this.#db
      .prepare(
        `SELECT ${COLUMNS} FROM nodes
         WHERE owner = ? AND project = ? ORDER BY created_at, id`,
      )
      .all(owner, name)
    return rows as unknown as Node[]
  }
}
