/** The API of a server, as the commands ask it. */
import type { Answer, Pages } from '@keywright/client'
import { clientFor } from '@keywright/client'
import { brand } from '../brand.ts'
import type {
  SeenKey,
  ShownEvent,
  ShownExplanation,
  ShownKey,
  ShownPickup,
  WithSecret,
} from './answers.ts'

export interface NewKey {
  readonly kind: string
  readonly resource: string
  readonly name?: string | undefined
  readonly scopes?: readonly string[] | undefined
  readonly mode?: string | undefined
  /** Seconds. */
  readonly expires_in?: number | undefined
}

export interface KeyFilter {
  readonly kind?: string | undefined
  readonly resource?: string | undefined
  readonly standing?: string | undefined
}

export interface EventFilter {
  readonly key_id?: string | undefined
  readonly resource?: string | undefined
  readonly type?: string | undefined
}

/** What is asked of a key: whether it may do this, there, in this mode. */
export interface Ask {
  readonly scope?: string | undefined
  readonly resource?: string | undefined
  readonly mode?: string | undefined
}

export class Keywright extends clientFor(brand) {
  readonly keys = {
    create: (body: NewKey): Answer<WithSecret> => this.call('POST /v1/keys', { body }),
    /** Promises the key to another machine, which redeems a code for it. */
    send: (body: NewKey): Answer<ShownPickup> => this.call('POST /v1/pickups', { body }),
    list: (filter: KeyFilter = {}): Pages<SeenKey> =>
      this.pages('GET /v1/keys', { query: { ...filter } }),
    show: (id: string): Answer<SeenKey> => this.call('GET /v1/keys/{id}', { params: { id } }),
    /** @param overlap seconds that the earlier secret still counts; without it, it ends at once */
    rotate: (
      id: string,
      overlap?: number,
    ): Answer<WithSecret & { readonly previous_ends_at: string }> =>
      this.call('POST /v1/keys/{id}/rotate', {
        params: { id },
        ...(overlap !== undefined && { body: { overlap } }),
      }),
    revoke: (id: string): Answer<ShownKey> => this.call('DELETE /v1/keys/{id}', { params: { id } }),

    /** Why the key with this id is allowed or refused; without one, the key that asks. */
    explain: async (id: string | undefined, ask: Ask): Promise<ShownExplanation> => {
      const { apiKey } = this.settings
      const own = { credential: typeof apiKey === 'function' ? await apiKey() : apiKey }
      const body = { ...ask, ...(id === undefined ? own : { key_id: id }) }
      return this.call<ShownExplanation>('POST /v1/explain', { body })
    },
  }

  /** Oldest first. */
  events(filter: EventFilter = {}): Pages<ShownEvent> {
    return this.pages('GET /v1/events', { query: { ...filter } })
  }
}
