/** What a server answers about keys, as it stands on the wire. Times are RFC 3339 in UTC. */

export interface ShownKey {
  readonly id: string
  /** The beginning of the secret, for display. */
  readonly start: string
  readonly kind: string
  readonly holder: string
  readonly resource: string
  readonly mode: string | null
  readonly scopes: readonly string[]
  readonly name: string | null
  readonly parent_id: string | null
  readonly created_at: string
  readonly created_by: string
  readonly expires_at: string | null
  readonly revoked_at: string | null
  readonly revoked_by: string | null
  readonly rotated_at: string | null
  readonly last_used_at: string | null
}

/** A key as lists and looks at one have it: with whether it counts. */
export interface SeenKey extends ShownKey {
  readonly standing: 'live' | 'revoked' | 'expired' | 'disabled' | 'ended' | 'roleless'
  /** The key above or the resource that it follows from; null where it is the key's own or not ours to see. */
  readonly because_of: string | null
}

/** The secret is in the first answer only; a repeat of the same request has none. */
export type WithSecret = ShownKey & { readonly key?: string }

/** The code is in the first answer only. */
export interface ShownPickup {
  readonly id: string
  readonly kind: string
  readonly resource: string
  readonly mode: string | null
  /** When the code ends. */
  readonly expires_at: string
  readonly pickup_code?: string
}

export interface ShownEvent {
  readonly seq: number
  readonly type: string
  readonly at: string
  readonly actor: string
  readonly key_id: string | null
  readonly resource: string
  readonly mode: string | null
}

export interface ShownExplanation {
  readonly key_id: string | null
  readonly allowed: boolean
  readonly code: string
  readonly terms: readonly {
    readonly term: string
    readonly verdict: 'holds' | 'fails' | 'not_asked'
    readonly code?: string
    readonly detail?: string
    readonly fix?: string
  }[]
}
