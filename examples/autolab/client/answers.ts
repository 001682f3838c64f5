// What the API answers with, as it stands on the wire. Times are RFC 3339 in UTC.

export interface Scopes {
  readonly person: { readonly id: string; readonly name: string } | null
  readonly scopes: readonly string[]
  readonly key: { readonly id: string; readonly kind: string } | null
}

/** An access token without its secret. */
export interface Token {
  readonly id: string
  readonly name: string | null
  /** How its secret begins. */
  readonly prefix: string
  readonly scopes: readonly string[]
  /** The token it was made with, and ends with; null for a login. */
  readonly made_with: string | null
  readonly created_at: string
  readonly expires_at: string | null
  readonly last_used_at: string | null
  readonly revoked_at: string | null
}

export interface Project {
  /** `alice/nanochat` */
  readonly project: string
  readonly owner: string
  readonly name: string
  readonly created_at: string
}

export type Role = 'admin' | 'researcher' | 'viewer'

export interface Member {
  readonly handle: string
  readonly role: Role | 'owner'
}

export interface Node {
  readonly id: string
  readonly name: string
  /** The handle of who registered it. */
  readonly registered_by: string
  readonly created_at: string
  readonly last_seen_at: string
}

/** What a project's agents think with: the platform's own key where it is null. */
export interface UsedKey {
  readonly key: string | null
  readonly model: string | null
}
