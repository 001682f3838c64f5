import type { DatabaseSync } from 'node:sqlite'

export interface Webhook {
  readonly id: string
  readonly url: string
  /** Signs deliveries, so it must be kept readable; shown in the answer to its creation only. */
  readonly secret: string
  readonly created_at: number
}

export class Webhooks {
  readonly #db: DatabaseSync

  constructor(db: DatabaseSync) {
    this.#db = db
  }

  add(organization: string, { id, url, secret, created_at }: Webhook): void {
    this.#db
      .prepare(
        'INSERT INTO webhooks (id, organization, url, secret, created_at) VALUES (?, ?, ?, ?, ?)',
      )
      .run(id, organization, url, secret, created_at)
  }

  list(organization: string): Webhook[] {
    const rows = this.#db
      .prepare(
        `SELECT id, url, secret, created_at FROM webhooks WHERE organization = ?
         ORDER BY created_at, id`,
      )
      .all(organization)
    return rows as unknown as Webhook[]
  }

  delete(organization: string, id: string): boolean {
    const { changes } = this.#db
      .prepare('DELETE FROM webhooks WHERE organization = ? AND id = ?')
      .run(organization, id)
    return changes === 1
  }
}
