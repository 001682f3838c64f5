import { createHash } from 'node:crypto'
import type { DatabaseSync } from 'node:sqlite'

/** A file of a dataset, without its content. */
export interface Asset {
  readonly name: string
  readonly content_type: string
  readonly size: number
  /** Lower-case hex. */
  readonly sha256: string
  readonly uploaded_at: number
}

export interface NewAsset {
  readonly name: string
  readonly contentType: string
  readonly content: Uint8Array
  readonly uploadedAt: number
}

const COLUMNS = 'name, content_type, length(content) AS size, sha256, uploaded_at'
/** Assets of one dataset that are shown at most. */
const LISTED_MAX = 1000

export class Assets {
  readonly #db: DatabaseSync

  constructor(db: DatabaseSync) {
    this.#db = db
  }

  /** Keeps an asset in place of an earlier one of the same name. */
  put(datasetId: string, { name, contentType, content, uploadedAt }: NewAsset): Asset {
    const sha256 = createHash('sha256').update(content).digest('hex')
    const row = this.#db
      .prepare(
        `INSERT INTO assets (dataset_id, name, content_type, sha256, content, uploaded_at)
         VALUES (?, ?, ?, ?, ?, ?)
         ON CONFLICT (dataset_id, name) DO UPDATE SET
           content_type = excluded.content_type, sha256 = excluded.sha256,
           content = excluded.content, uploaded_at = excluded.uploaded_at
         RETURNING ${COLUMNS}`,
      )
      .get(datasetId, name, contentType, sha256, content, uploadedAt)
    return row as unknown as Asset
  }

  read(datasetId: string, name: string): { contentType: string; content: Uint8Array } | undefined {
    const row = this.#db
      .prepare('SELECT content_type, content FROM assets WHERE dataset_id = ? AND name = ?')
      .get(datasetId, name)
    if (row === undefined) return undefined
    return { contentType: row['content_type'] as string, content: row['content'] as Uint8Array }
  }

  list(datasetId: string): Asset[] {
    const rows = this.#db
      .prepare(`SELECT ${COLUMNS} FROM assets WHERE dataset_id = ? ORDER BY name LIMIT ?`)
      .all(datasetId, LISTED_MAX)
    return rows as unknown as Asset[]
  }
}
