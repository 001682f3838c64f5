import { randomBytes } from 'node:crypto'
import type { DatabaseSync } from 'node:sqlite'

export interface Slide {
  readonly title: string
  readonly body: string
}

export interface Presentation {
  readonly id: string
  /** The resource name of its workspace. */
  readonly workspace: string
  readonly title: string
  readonly slides: readonly Slide[]
  readonly created_at: number
  readonly updated_at: number
}

type Row = Omit<Presentation, 'slides'> & { readonly slides: string }

const LIST_MAX = 500

export class Presentations {
  readonly #db: DatabaseSync

  constructor(db: DatabaseSync) {
    this.#db = db
  }

  create(
    workspace: string,
    made: { title: string; slides: readonly Slide[]; at: number },
  ): Presentation {
    const row = this.#db
      .prepare(
        `INSERT INTO presentations (id, workspace, title, slides, created_at, updated_at)
         VALUES (?, ?, ?, ?, ?, ?) RETURNING *`,
      )
      .get(newId(), workspace, made.title, JSON.stringify(made.slides), made.at, made.at)
    return presentationOf(row as unknown as Row)
  }

  /** Of whatever workspace: the caller has to be asked about it. */
  find(id: string): Presentation | undefined {
    const row = this.#db.prepare('SELECT * FROM presentations WHERE id = ?').get(id)
    return row === undefined ? undefined : presentationOf(row as unknown as Row)
  }

  /** The newest first. */
  list(workspace: string): Presentation[] {
    const rows = this.#db
      .prepare(
        'SELECT * FROM presentations WHERE workspace = ? ORDER BY created_at DESC, id LIMIT ?',
      )
      .all(workspace, LIST_MAX)
    return (rows as unknown as Row[]).map(presentationOf)
  }

  update(
    { id, title, slides }: Presentation,
    changed: { title?: string | undefined; slides?: readonly Slide[] | undefined; at: number },
  ): Presentation {
    const row = this.#db
      .prepare(
        'UPDATE presentations SET title = ?, slides = ?, updated_at = ? WHERE id = ? RETURNING *',
      )
      .get(changed.title ?? title, JSON.stringify(changed.slides ?? slides), changed.at, id)
    return presentationOf(row as unknown as Row)
  }
}

function newId(): string {
  return `pres_${randomBytes(8).toString('hex')}`
}

function presentationOf(row: Row): Presentation {
  return { ...row, slides: JSON.parse(row.slides) as Slide[] }
}
