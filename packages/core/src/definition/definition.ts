import type { Issuer } from '../issuer/issuer.ts'
import type { Gcra } from '../limit/gcra.ts'
import { PEOPLE } from '../person/person.ts'
import type { Login } from '../login/login.ts'
import type { CredentialHeader } from './input.ts'

/** A rate limit as the engine runs it. */
export interface RateRule {
  /** Stable within a definition: `rate`, or `rate-2` for the second. */
  readonly name: string
  /** Names the buckets: limits of different modes never mix. */
  readonly id: string
  readonly count: number
  readonly periodMs: number
  readonly gcra: Gcra
  /** How many parts of the key's resource name the bucket belongs to; 0: the key itself. */
  readonly sharedDepth: number
}

/** A monthly quota as the engine runs it. */
export interface QuotaRule {
  readonly name: string
  readonly id: string
  readonly units: number
  readonly sharedDepth: number
}

/** The limits that hold for one kind in one mode. */
export interface LimitSet {
  readonly rates: readonly RateRule[]
  readonly quotas: readonly QuotaRule[]
}

/** A kind of key as the engine runs it. */
export interface Kind {
  readonly name: string
  readonly prefix: string
  /** Patterns of the resources it is bound to; `users` is there alone. */
  readonly bound: readonly string[]
  /** What the definition says it may do, as written. */
  readonly grants: readonly string[]
  readonly single: boolean
  readonly mintedBy: readonly string[]
  readonly defaultSeconds: number | undefined
  readonly maxSeconds: number | undefined
  /** Its keys end with their resource and not by time. */
  readonly isUntilEnded: boolean
  /** By mode; a definition without modes has the one entry `''`. */
  readonly limits: ReadonlyMap<string, LimitSet>
}

/** What a secret's head (`<prefix>[_<mode>]`) says: the kind of key and its mode. */
export interface Head {
  readonly kind: Kind
  readonly mode: string | null
}

/**
 * A checked definition. Made only by `defineAuthority`, which refuses a wrong one.
 * The type parameters carry the declared names to `mint`, `guard` and the like.
 */
export interface Definition<
  Scope extends string = string,
  Kinds extends string = string,
  Mode extends string = string,
  Role extends string = string,
> {
  readonly product: { readonly name: string; readonly slug: string }
  /** Every pattern of the resource tree; with roles, `users` too, whether it is named or not. */
  readonly patterns: ReadonlySet<string>
  /** Declared scopes, then Keywright's own. */
  readonly scopes: readonly string[]
  /** The declared scopes that each role gives; empty where people have no part. */
  readonly roles: ReadonlyMap<string, readonly string[]>
  readonly modes: readonly Mode[]
  readonly kinds: ReadonlyMap<string, Kind>
  /** How the engine sees people who act without a key, as a kind of their own. */
  readonly people: Kind
  /** By `<prefix>` or `<prefix>_<mode>`: exact, so the longest prefix wins by construction. */
  readonly heads: ReadonlyMap<string, Head>
  readonly headers: readonly CredentialHeader[]
  /** Outside issuers whose JWTs are accepted, by their exact `iss`. */
  readonly issuers: ReadonlyMap<string, Issuer>
  /** Programs that people log in with; undefined where there are none. */
  readonly login: Login | undefined
  /** Types only; never present at run time. */
  readonly '~names'?: {
    readonly scope: Scope
    readonly kind: Kinds
    readonly mode: Mode
    readonly role: Role
  }
}

/** The scopes of a definition, its own and Keywright's. */
export type ScopeOf<D> = D extends Definition<infer Scope, string, string> ? Scope : never
/** The kinds of a definition. */
export type KindOf<D> = D extends Definition<string, infer Kinds, string> ? Kinds : never
/** The modes of a definition. */
export type ModeOf<D> = D extends Definition<string, string, infer Mode> ? Mode : never

/** The roles of a definition. */
export type RoleOf<D> = D extends Definition<string, string, string, infer Role> ? Role : never

/** True for a kind whose keys are held by people. */
export function isPersonal({ bound }: Kind): boolean {
  return bound[0] === PEOPLE
}

/** The head that secrets of a kind and mode begin with. */
export function headOf(kind: Kind, mode: string | null): string {
  return mode === null ? kind.prefix : `${kind.prefix}_${mode}`
}

/** The limits that hold for a kind in a mode. */
export function limitsOf(kind: Kind, mode: string | null): LimitSet {
  return kind.limits.get(mode ?? '') as LimitSet
}
