// What a program calls Chronary with. The key alone says whether it works on live or on test data.

import type { Answer, Pages } from '@keywright/client'
import { clientFor, Secret } from '@keywright/client'
import type { Agent, Webhook } from '../chronary/client.ts'
import brand from './brand.ts'

export type { Agent } from '../chronary/client.ts'
export {
  APIError,
  AuthenticationError,
  ConfigError,
  QuotaExceededError,
  RateLimitError,
  Secret,
} from '@keywright/client'

export type Mode = 'live' | 'test'

/** The key itself, without its secret. */
export interface OrgKey {
  readonly id: string
  readonly name: string | null
  readonly mode: Mode
  /** How its secret begins. */
  readonly prefix: string
  readonly created_at: string
}

/** What is left of the month; no quota holds in test mode. */
export interface Usage {
  readonly mode: Mode
  readonly quota: {
    readonly period: string
    readonly limit: number
    readonly used: number
    readonly remaining: number
    readonly resets_at: string
  } | null
}

type ModeWebhook = Omit<Webhook, 'events' | 'last_delivery'>

/** Reads `CHRONARY_API_KEY`, the profile that `chronary auth login` stored, or takes `{ apiKey }`. */
export class Chronary extends clientFor(brand) {
  readonly agents = {
    list: (): Pages<Agent> => this.pages('GET /v1/agents'),
    /** A live agent does not exist in test mode, nor the other way round. */
    get: (agent: string): Answer<Agent> =>
      this.call('GET /v1/agents/{agent}', { params: { agent } }),
    create: (name: string): Answer<Agent> => this.call('POST /v1/agents', { body: { name } }),
  }

  readonly orgKey = {
    get: (): Answer<OrgKey> => this.call('GET /v1/org-key'),
    /** The new key of this mode; the previous one has ended, also the one that this client has. */
    regenerate: () =>
      this.call<Pick<OrgKey, 'id' | 'prefix' | 'mode'> & { readonly key: string }>(
        'POST /v1/org-key/regenerate',
      ).map((made) => ({ ...made, key: new Secret(made.key) })),
  }

  readonly webhooks = {
    list: (): Pages<ModeWebhook> => this.pages('GET /v1/webhooks'),
    /** The secret that signs deliveries is in this answer only. */
    create: (url: string) =>
      this.call<ModeWebhook & { readonly secret: string }>('POST /v1/webhooks', {
        body: { url },
      }).map((made) => ({ ...made, secret: new Secret(made.secret) })),
    delete: (id: string): Answer<undefined> =>
      this.call('DELETE /v1/webhooks/{id}', { params: { id } }),
  }

  usage(): Answer<Usage> {
    return this.call('GET /v1/usage')
  }
}
