// What the API answers with, as it stands on the wire. Times are RFC 3339 in UTC.

import type { OwnOrganization } from '@keywright/client'

export interface Scopes {
  /** Null for keys that act for nobody, such as a worker's. */
  readonly person: {
    readonly id: string
    readonly name: string
    readonly email: string | null
  } | null
  readonly organizations: readonly OwnOrganization[]
  readonly scopes: readonly string[]
  /** Null for a JWT. */
  readonly key: {
    readonly id: string
    readonly kind: string
    readonly expires_at: string | null
  } | null
}

/** A key without its secret. */
export interface ApiKey {
  readonly id: string
  readonly kind: string
  /** How its secret begins. */
  readonly prefix: string
  readonly description: string
  readonly scopes: readonly string[]
  /** What it is bound to. */
  readonly resource: string
  readonly created_at: string
  readonly expires_at: string | null
  readonly revoked_at: string | null
}

/** An experiment or a dataset. */
export interface Placed {
  readonly id: string
  /** Null in a person's own space. */
  readonly organization_id: string | null
  readonly name: string
  readonly created_at: string
}

export interface Asset {
  readonly name: string
  readonly content_type: string
  /** Bytes. */
  readonly size: number
  /** Lower-case hex. */
  readonly sha256: string
  readonly uploaded_at: string
}

export interface Variation {
  readonly experiment_id: string
  readonly variation: number
  readonly name: string | null
  readonly parameters: Readonly<Record<string, unknown>>
  readonly created_at: string
}

interface Instance {
  readonly id: string
  readonly key_id: string | null
  readonly started_at: string
  readonly ended_at: string | null
  /** `exit 0`, or the signal that ended it. */
  readonly ending: string | null
}

export interface ShownRun {
  readonly experiment_id: string
  readonly variation: number
  readonly run: number
  readonly status: 'created' | 'running' | 'interrupted' | 'finished'
  readonly outcome: Outcome | null
  readonly created_at: string
  readonly finished_at: string | null
  readonly instance: Instance | null
}

export type Outcome = 'succeeded' | 'failed'

export interface Metric {
  readonly name: string
  readonly value: number
  readonly step: number
}
