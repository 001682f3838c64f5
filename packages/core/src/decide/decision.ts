import type { Metadata } from '../key/key.ts'
import type { Reach } from './reach.ts'

/** Why a credential was refused. Closed: a code never changes its meaning. */
export type RefusalCode =
  | 'missing_credential'
  | 'malformed_credential'
  | 'conflicting_credentials'
  | 'credential_in_url'
  | 'invalid_key'
  | 'key_revoked'
  | 'key_expired'
  | 'key_rotated'
  | 'invalid_token'
  | 'token_expired'
  | 'unknown_issuer'
  | 'resource_disabled'
  | 'resource_ended'
  | 'wrong_mode'
  | 'insufficient_scope'
  | 'outside_resource'
  | 'rate_limited'
  | 'quota_exhausted'
  | 'unavailable'

/** Who the credential acts as. */
export interface Principal<Kinds extends string = string, Mode extends string = string> {
  readonly type: 'key'
  readonly keyId: string
  readonly kind: Kinds
  readonly holder: string
  readonly resource: string
  readonly mode: Mode | null
  /** Declared scopes it effectively has, wildcards resolved and every ancestor's narrowing applied. */
  readonly scopes: readonly string[]
  /** Epoch milliseconds; the earliest end of the key, its secret's overlap and its ancestors. */
  readonly expiresAt: number | null
  readonly metadata: Metadata | null
  /** The number of the event up to which this was known: what it does later is compared with what happened since. */
  readonly seq: number
  /** Where a person's key, or one below it, reaches; with it `resource` alone does not say. */
  readonly reach?: Reach
}

/** How one limit stands after a decision. */
export interface LimitState {
  readonly name: string
  readonly limit: number
  readonly remaining: number
  /** Seconds until `remaining` is whole again (rate) or the period ends (quota). */
  readonly resetSeconds: number
  /** Length of the limit's window in seconds. */
  readonly windowSeconds: number
}

export interface Allowed<Kinds extends string = string, Mode extends string = string> {
  readonly allowed: true
  readonly principal: Principal<Kinds, Mode>
  /** The limit nearest to refusing, where one applies. */
  readonly limit: LimitState | undefined
}

export interface Refused {
  readonly allowed: false
  readonly code: RefusalCode
  /** One sentence for the caller: what happened and what to do. Never holds a secret. */
  readonly detail: string
  /** Known for a genuine secret only. */
  readonly keyId?: string
  readonly retryAfterSeconds?: number
  readonly limit?: LimitState
  /** The scope that was asked for, with `insufficient_scope`. */
  readonly scope?: string
}

/** The verdict of `verify`: a value, never an exception. */
export type Decision<Kinds extends string = string, Mode extends string = string> =
  | Allowed<Kinds, Mode>
  | Refused

/** What is asked about a credential. */
export interface Ask {
  readonly scope?: string
  /** A resource name; an id `-` stands for the caller's own (`organizations/-/agents/agt_7`). */
  readonly resource?: string
  /** The mode of the data that will be touched. */
  readonly mode?: string
}

/** A refusal without extras. */
export function refuse(code: RefusalCode, detail: string): Refused {
  return { allowed: false, code, detail }
}
