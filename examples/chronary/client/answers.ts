// What the API answers with, as it stands on the wire. Times are RFC 3339 in UTC.

import type { Secret } from '@keywright/client'

export interface Agent {
  readonly id: string
  readonly name: string
  readonly created_at: string
}

/** A key of one agent, without its secret. */
export interface AgentKey {
  readonly id: string
  /** How its secret begins. */
  readonly prefix: string
  readonly agent_id: string
  readonly label: string | null
  readonly created_at: string
  readonly revoked_at: string | null
}

/** A key whose secret is in this answer only. */
export interface NewKey {
  readonly id: string
  readonly prefix: string
  readonly key: Secret
}

/** Who the key is. */
export interface Me {
  readonly id: string
  readonly name: string | null
  readonly kind: 'org' | 'agent'
  readonly resource: string
}

export interface Span {
  readonly start: string
  readonly end: string
}

/** When an agent is busy and free between two times. */
export interface Availability {
  readonly agent_id: string
  readonly from: string
  readonly to: string
  readonly busy: readonly Span[]
  readonly free: readonly Span[]
}

export interface Calendar {
  readonly id: string
  readonly agent_id: string
  readonly name: string
  readonly created_at: string
}

export interface CalendarEvent extends Span {
  readonly id: string
  readonly agent_id: string
  readonly calendar_id: string
  readonly title: string
  readonly created_at: string
}

export interface Subscription {
  readonly id: string
  readonly agent_id: string
  readonly calendar_id: string
  /** Path of the feed, asked for with the same key. */
  readonly url: string
  readonly created_at: string
}

export interface Webhook {
  readonly id: string
  readonly url: string
  readonly events: readonly string[]
  readonly created_at: string
  readonly last_delivery: { readonly at: string; readonly status: number | null } | null
}

/** The quota of the month. */
export interface Usage {
  readonly period: string
  readonly limit: number
  readonly used: number
  readonly remaining: number
  readonly resets_at: string
}
