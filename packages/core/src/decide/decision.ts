import type { Metadata } from '../key/key.ts'
import type { PEOPLE } from '../person/person.ts'
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
  | 'unknown_identity'
  | 'token_revoked'
  | 'session_ended'
  | 'resource_disabled'
  | 'resource_ended'
  | 'wrong_mode'
  | 'insufficient_scope'
  | 'outside_resource'
  | 'rate_limited'
  | 'quota_exhausted'
  | 'unavailable'

/** Who the credential acts as: the holder of a key, or a person by a token of an issuer or because they are signed in. */
export type Principal<Kinds extends string = string, Mode extends string = string> =
  | KeyPrincipal<Kinds, Mode>
  | TokenPrincipal
  | SessionPrincipal

export interface KeyPrincipal<Kinds extends string = string, Mode extends string = string> {
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

/** What is the same for a person, however they have shown who they are. */
interface PersonPrincipal {
  readonly keyId: null
  readonly kind: typeof PEOPLE
  /** The person, as `users/usr_…`. */
  readonly holder: string
  /** The person's own space: they reach wherever their roles do. */
  readonly resource: string
  /** A person has no mode and acts in any. */
  readonly mode: null
  /** Declared scopes that some role of theirs gives somewhere. */
  readonly scopes: readonly string[]
  /** Epoch milliseconds. */
  readonly expiresAt: number
  readonly metadata: null
  readonly seq: number
  readonly reach: Reach
}

/** A person by a JWT of an issuer that the definition names. */
export interface TokenPrincipal extends PersonPrincipal {
  readonly type: 'token'
  /** Who it is at their issuer: `iss` and `sub`, together. */
  readonly issuer: string
  readonly subject: string
  /** Its `iat`, epoch milliseconds. */
  readonly issuedAt: number
}

/** A person who is signed in with us. */
export interface SessionPrincipal extends PersonPrincipal {
  readonly type: 'session'
  /** Names the session; it is no credential. */
  readonly sessionId: string
  /** When they last proved who they are, epoch milliseconds. */
  readonly authenticatedAt: number
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
