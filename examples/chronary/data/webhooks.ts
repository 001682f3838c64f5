import type { DatabaseSync } from 'node:sqlite'
import { newId } from './new-id.ts'

export interface Webhook {
  readonly id: string
  readonly url: string
  readonly events: readonly string[]
  /** Signs deliveries, so it must be kept readable; shown in the answer to its creation only. */
  readonly secret: string
  readonly created_at: number
  readonly delivered_at: number | null
  /** null when the receiver could not be reached. */
  readonly delivered_status: number | null
}

type Row = Omit<Webhook, 'events'> & { readonly events: string }

export class Webhooks {
  readonly #db: DatabaseSync

  constructor(db: DatabaseSync) {
    this.#db = db
  }

  create(
    organization: string,
    made: { url: string; events: readonly string[]; secret: string; createdAt: number },
  ): Webhook {
    const row = this.#db
      .prepare(
        `INSERT INTO webhooks (id, organization, url, events, secret, created_at)
         VALUES (?, ?, ?, ?, ?, ?) RETURNING *`,
      )
      .get(
        newId('whk'),
        organization,
        made.url,
        JSON.stringify(made.events),
        made.secret,
        made.createdAt,
      )
    return webhookOf(row as unknown as Row)
  }

  list(organization: string): Webhook[] {
    const rows = this.#db
      .prepare('SELECT * FROM webhooks WHERE organization = ? ORDER BY created_at, id')
      .all(organization)
    return (rows as unknown as Row[]).map(webhookOf)
  }

  listFor(organization: string, event: string): Webhook[] {
    return this.list(organization).filter(({ events }) => events.includes(event))
  }

  noteDelivery(id: string, { at, status }: { at: number; status: number | null }): void {
    this.#db
      .prepare('UPDATE webhooks SET delivered_at = ?, delivered_status = ? WHERE id = ?')
      .run(at, status, id)
  }

  delete(organization: string, id: string): boolean {
    const { changes } = this.#db
      .prepare('DELETE FROM webhooks WHERE organization = ? AND id = ?')
      .run(organization, id)
    return changes === 1
  }
}

function webhookOf({ events, ...row }: Row): Webhook {
  return { ...row, events: JSON.parse(events) as string[] }
}
