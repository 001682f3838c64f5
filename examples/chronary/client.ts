// What a program calls Chronary with: `new Chronary()`, and the nouns of the API. Names of arguments are JavaScript's;
// answers are as they stand on the wire.

import type { Answer, Pages } from '@keywright/client'
import { clientFor, Secret } from '@keywright/client'
import brand from './brand.ts'
import type {
  Agent,
  AgentKey,
  Availability,
  Calendar,
  CalendarEvent,
  Me,
  NewKey,
  Span,
  Subscription,
  Usage,
  Webhook,
} from './client/answers.ts'

export type {
  Agent,
  AgentKey,
  Availability,
  Calendar,
  CalendarEvent,
  Me,
  NewKey,
  Span,
  Subscription,
  Usage,
  Webhook,
} from './client/answers.ts'
export {
  APIError,
  AuthenticationError,
  ConfigError,
  PermissionDeniedError,
  QuotaExceededError,
  RateLimitError,
  Secret,
} from '@keywright/client'

/** RFC 3339; by default the week that begins now. */
export interface Range {
  readonly from?: string | undefined
  readonly to?: string | undefined
}

const sealed = <Made extends { readonly key: string }>(
  made: Made,
): Omit<Made, 'key'> & { readonly key: Secret } => ({ ...made, key: new Secret(made.key) })

/** Reads `CHRONARY_API_KEY`, the profile that `chronary auth login` stored, or takes `{ apiKey }`. */
export class Chronary extends clientFor(brand) {
  /** Who the key is. */
  me(): Answer<Me> {
    return this.call('GET /v1/me')
  }

  readonly agents = {
    /** With a key of one agent: that agent. */
    list: (): Pages<Agent> => this.pages('GET /v1/agents'),
    get: (agent: string): Answer<Agent> =>
      this.call('GET /v1/agents/{agent}', { params: { agent } }),
    create: (name: string): Answer<Agent> => this.call('POST /v1/agents', { body: { name } }),
    availability: (agent: string, range: Range = {}): Answer<Availability> =>
      this.call('GET /v1/agents/{agent}/availability', { params: { agent }, query: { ...range } }),
  }

  /** Keys of agents; for an org key. */
  readonly keys = {
    create: (agent: string, label?: string): Answer<AgentKey & NewKey> =>
      this.call<AgentKey & { readonly key: string }>('POST /v1/keys', {
        body: { agent_id: agent, label },
      }).map(sealed),
    list: (): Pages<AgentKey> => this.pages('GET /v1/keys'),
    /** Ends it at once. */
    delete: (id: string): Answer<AgentKey> => this.call('DELETE /v1/keys/{id}', { params: { id } }),
  }

  readonly orgKey = {
    /** The new org key; the previous one has ended, also the one that this client has. */
    regenerate: (): Answer<NewKey> =>
      this.call<Omit<NewKey, 'key'> & { readonly key: string }>('POST /v1/org-key/regenerate').map(
        sealed,
      ),
  }

  readonly calendars = {
    list: (agent: string): Pages<Calendar> =>
      this.pages('GET /v1/agents/{agent}/calendars', { params: { agent } }),
    create: (agent: string, name: string): Answer<Calendar> =>
      this.call('POST /v1/agents/{agent}/calendars', {
        params: { agent },
        body: { name },
      }),
    delete: (agent: string, id: string): Answer<undefined> =>
      this.call('DELETE /v1/agents/{agent}/calendars/{id}', { params: { agent, id } }),
  }

  readonly events = {
    list: (agent: string, range: Range = {}): Pages<CalendarEvent> =>
      this.pages('GET /v1/agents/{agent}/events', { params: { agent }, query: { ...range } }),
    create: (
      agent: string,
      event: Span & { readonly calendarId: string; readonly title: string },
    ): Answer<CalendarEvent> => {
      const { calendarId, ...rest } = event
      return this.call('POST /v1/agents/{agent}/events', {
        params: { agent },
        body: { ...rest, calendar_id: calendarId },
      })
    },
    delete: (agent: string, id: string): Answer<undefined> =>
      this.call('DELETE /v1/agents/{agent}/events/{id}', { params: { agent, id } }),
  }

  readonly icalSubscriptions = {
    list: (agent: string): Pages<Subscription> =>
      this.pages('GET /v1/agents/{agent}/ical-subscriptions', { params: { agent } }),
    create: (agent: string, calendarId: string): Answer<Subscription> =>
      this.call('POST /v1/agents/{agent}/ical-subscriptions', {
        params: { agent },
        body: { calendar_id: calendarId },
      }),
    delete: (agent: string, id: string): Answer<undefined> =>
      this.call('DELETE /v1/agents/{agent}/ical-subscriptions/{id}', { params: { agent, id } }),
  }

  /** Across agents; for an org key. */
  readonly availability = {
    compare: (agents: readonly string[], range: Range = {}) =>
      this.call<{
        readonly agents: readonly Availability[]
        readonly common_free: readonly Span[]
      }>('GET /v1/availability', { query: { ...range, agent_ids: agents.join(',') } }),
  }

  /** For an org key. */
  readonly scheduling = {
    /** The first time that all of them are free for so long; null when there is none. */
    find: (agents: readonly string[], durationMinutes: number, range: Range = {}) =>
      this.call<{ readonly slot: Span | null }>('POST /v1/scheduling', {
        body: { ...range, agent_ids: agents, duration_minutes: durationMinutes },
      }),
  }

  /** For an org key. */
  readonly webhooks = {
    list: (): Pages<Webhook> => this.pages('GET /v1/webhooks'),
    /** The secret that signs deliveries is in this answer only. */
    create: (url: string, events?: readonly string[]) =>
      this.call<Webhook & { readonly secret: string }>('POST /v1/webhooks', {
        body: { url, events },
      }).map((made) => ({ ...made, secret: new Secret(made.secret) })),
    delete: (id: string): Answer<undefined> =>
      this.call('DELETE /v1/webhooks/{id}', { params: { id } }),
  }

  /** What is left of the month; for an org key. */
  usage(): Answer<Usage> {
    return this.call('GET /v1/usage')
  }
}
