// The shape a definition file is written in, typed so that an undeclared scope, kind, mode or resource pattern does
// not compile. The checked form that the engine runs on is in definition.ts.

import type { IssuerInput } from '../issuer/issuer.ts'
import type { Quota, Rate } from '../limit/limit.ts'
import type { PEOPLE } from '../person/person.ts'
import type { BuiltinScope } from '../scope/builtin.ts'

/** Collections below collections: `{ organizations: { agents: {} } }`. */
export interface ResourceTree {
  readonly [collection: string]: ResourceTree
}

/** Every pattern of a tree: `organizations`, `organizations/agents`. */
type PathOf<Tree> = {
  [Name in keyof Tree & string]: Name | `${Name}/${PathOf<Tree[Name]>}`
}[keyof Tree & string]

export type ScopeText = `${string}:${string}`

type NounOf<Scope extends string> = Scope extends `${infer Noun}:${string}` ? Noun : never

/** What a kind or key may be given: a declared scope, one of Keywright's own, `noun:*` or `*`. */
type Grant<Scope extends string> = Scope | BuiltinScope | `${NounOf<Scope | BuiltinScope>}:*` | '*'

type OneOrMany<Item> = Item | readonly Item[]

/** For a kind whose keys have no end of their own. */
export const UNTIL_ENDED = 'untilEnded'

interface Lifetime {
  /** Seconds a key lives when its minter says nothing; without it, until revoked. */
  readonly default?: number
  /** The longest life in seconds a minter may ask for. */
  readonly max?: number
}

export interface KindInput<Scope extends string, Path extends string, Kind extends string> {
  /** How its secrets begin: `chr_sk`. Lower-case letters, digits and single underscores. */
  readonly prefix: string
  /**
   * The pattern of the resources it is bound to, or several; `users` alone for a kind of personal keys, held by people.
   */
  readonly bound: OneOrMany<Path> | typeof PEOPLE
  /** The most that a key of this kind may do, and what it gets when its minter says nothing. */
  readonly scopes: readonly Grant<Scope>[]
  /** At most one live key per resource and mode; a replacement is a rotation. */
  readonly single?: boolean
  /**
   * Kinds of keys that may mint and manage keys of this kind; without it only the product itself does. `users`: people
   * themselves, where their role gives `keys:write`; what they mint so is no child and outlives their role.
   */
  readonly mintedBy?: readonly (Kind | typeof PEOPLE)[]
  /**
   * How long its keys live. `untilEnded`: as long as their resource, a run for instance, which the product ends with
   * `authority.resources.end`; no key can be asked to end by itself, and what a key with an end mints ends with it.
   */
  readonly lifetime?: Lifetime | typeof UNTIL_ENDED
}

/** Which request header may carry a credential. `authorization` is `Authorization: Bearer`. */
export type CredentialHeader = 'authorization' | `x-${string}`

/** Login of programs on people's machines (RFC 8252) and on machines without a browser (RFC 8628). */
export interface LoginInput<Kind extends string = string> {
  /** The kind of key that is handed out: one bound to `users`. */
  readonly kind: Kind
  /** Public clients by their `client_id`: lower-case letters, digits and hyphens. */
  readonly clients: Readonly<
    Record<
      string,
      {
        /** What people read when they are asked: 'AutoLab CLI'. */
        readonly name: string
      }
    >
  >
  /** Whether there is a login for machines without a browser; default true. */
  readonly device?: boolean
}

export interface DefinitionInput<
  Scope extends ScopeText,
  Tree extends ResourceTree,
  Kind extends string,
  Mode extends string,
  Role extends string,
> {
  readonly product: {
    readonly name: string
    /** Short name for files, metrics and realms: lower-case letters, digits and hyphens. */
    readonly slug: string
  }
  /** The collection `users` is Keywright's own: `users/{id}` is the space of a person. Name it to say what lies below. */
  readonly resources: Tree
  /** The closed list of scopes, each `noun:verb`. The nouns `keys` and `members` are Keywright's own. */
  readonly scopes: readonly Scope[]
  /**
   * For instance `['live', 'test']`: each key has one, it is part of the secret, and nothing crosses. The first is the
   * default, and only its keys disable, enable and end resources, because that concerns the keys of every mode.
   */
  readonly modes?: readonly Mode[]
  /** What people may do where they have a role, in the manner of a kind's scopes; the first is called `owner`. */
  readonly roles?: Readonly<Record<Role, readonly Grant<NoInfer<Scope>>[]>>
  readonly keys: Readonly<
    Record<Kind, KindInput<NoInfer<Scope>, NoInfer<PathOf<Tree>>, NoInfer<Kind>>>
  >
  readonly limits?: {
    readonly rate?: OneOrMany<
      Rate<NoInfer<PathOf<Tree>> | typeof PEOPLE, NoInfer<Kind>, NoInfer<Mode>>
    >
    readonly quota?: OneOrMany<
      Quota<NoInfer<PathOf<Tree>> | typeof PEOPLE, NoInfer<Kind>, NoInfer<Mode>>
    >
  }
  /** Default: `['authorization']`. */
  readonly headers?: readonly CredentialHeader[]
  /** Outside issuers whose JWTs are accepted. */
  readonly issuers?: readonly IssuerInput[]
  /** Programs that people log in with; what they get is a key of the person. */
  readonly login?: LoginInput<NoInfer<Kind>>
}
