// The running engine of a definition, as the rest sees it: the server and the adapters know this interface, the roof
// makes it. `verify` decides about a credential; the other verbs change or show things, on behalf of somebody.

import type { Decision, Principal, Ask, Refused, SessionPrincipal } from '../decide/decision.ts'
import type { Placed } from '../decide/reach.ts'
import type { Definition } from '../definition/definition.ts'
import type { KeyEvent } from '../event/event.ts'
import type { ListEventsRequest } from '../event/list.ts'
import type { ExplainRequest } from '../explain/explain.ts'
import type { Explanation } from '../explain/explanation.ts'
import type { Key } from '../key/key.ts'
import type { ListRequest } from '../key/list.ts'
import type { Minted, MintRequest } from '../key/mint.ts'
import type { NarrowRequest } from '../key/narrow.ts'
import type { Outcome } from '../key/outcome.ts'
import type { ResolveRequest } from '../key/resolve.ts'
import type { Rotated, RotateRequest } from '../key/rotate.ts'
import type { SeenKey } from '../key/seen.ts'
import type { ResourceNow } from '../resource/set-state.ts'
import type { QuotaStanding, UsageRow } from '../usage/usage.ts'
import type { ReadUsageRequest } from '../usage/read.ts'
import type { UsageQuery } from '../ports/store.ts'
import type {
  InvitationVerbs,
  IssuerVerbs,
  MemberVerbs,
  MeVerbs,
  OrganizationVerbs,
  PeopleVerbs,
  PersonVerbs,
} from './people.ts'
import type { GrantText } from './grant-text.ts'
import type { LoginVerbs } from './logins.ts'
import type { PickupDesk, PickupVerbs } from './pickups.ts'

/** What is asked of `verify`. */
export interface VerifyRequest<
  Scope extends string = string,
  Mode extends string = string,
> extends Ask {
  /** The presented secret of a key, or a JWT of an issuer that the definition names. */
  readonly credential: string
  readonly scope?: Scope
  readonly mode?: Mode
  /** Units to take from quotas, a whole number; default 1. A rate limit counts calls, whatever they cost. */
  readonly cost?: number
  /**
   * Names the request: a second verification of the same request by the same key takes nothing again, whatever it costs.
   * Made by the API, never taken from its client, who could otherwise repeat one for free.
   */
  readonly requestId?: string
  /** Decide without limits: nothing is looked at, taken or counted as use. For questions about a key's state. */
  readonly isPeek?: boolean
  /**
   * Who asks: what lies outside of where they may verify is answered like an unknown key. A person's credential is asked
   * about `resource`, or where the asker is, and that must be a place where both have a part.
   */
  readonly within?: Placed
  /** Where the request came from, an address: guesses from one network are slowed down. */
  readonly network?: string
}

/** What is asked about somebody who is signed in; whoever asks has made sure that they are. */
export interface SessionRequest<Scope extends string = string, Mode extends string = string>
  extends
    Omit<VerifyRequest<Scope, Mode>, 'credential' | 'within' | 'network'>,
    Pick<SessionPrincipal, 'sessionId' | 'authenticatedAt' | 'expiresAt'> {
  readonly personId: string
}

/** Decides about credentials. The one implementation behind every door. */
export interface Verifier<
  Scope extends string = string,
  Kinds extends string = string,
  Mode extends string = string,
> {
  readonly definition: Definition<Scope, Kinds, Mode>
  /**
   * @returns the decision; what cannot be decided now is refused as `unavailable`
   * @throws TypeError for a request that no correct program makes: a cost below 0, a credential that is no text
   */
  verify(request: VerifyRequest<Scope, Mode>): Promise<Decision<Kinds, Mode>>
  /** What a principal that was already verified may do besides; nothing is counted. */
  permits(
    principal: Principal,
    ask: { readonly scope?: Scope; readonly resource?: string; readonly mode?: Mode },
  ): Refused | undefined
}

/** The verbs of keys on somebody's behalf. Refusals are values; a failure of storage throws `StoreUnavailable`. */
export interface KeyVerbs<Kinds extends string = string, Scope extends string = string> {
  mint(
    kind: Kinds,
    request: Omit<MintRequest, 'kind' | 'scopes'> & {
      readonly scopes?: readonly GrantText<Scope>[] | undefined
    },
  ): Promise<Outcome<Minted>>
  list(request?: ListRequest): Promise<Outcome<{ keys: readonly SeenKey[]; next: string | null }>>
  show(id: string): Promise<Outcome<{ key: SeenKey }>>
  narrow(id: string, request: Omit<NarrowRequest, 'id'>): Promise<Outcome<{ key: Key }>>
  rotate(id: string, request?: Omit<RotateRequest, 'id'>): Promise<Outcome<Rotated>>
  /** Finds one live key of one holder by its exact name, or by a beginning of its id that fits no other. */
  resolve(request: ResolveRequest): Promise<Outcome<{ key: Key }>>
  /** Why a key is allowed or refused what is asked, term by term, and what would mend it. Nothing is counted. */
  explain(request: ExplainRequest): Promise<Outcome<{ explanation: Explanation }>>
  /** Answers when no cache of this process can still say yes. */
  revoke(id: string): Promise<Outcome<{ key: Key }>>
}

export interface ResourceVerbs {
  disable(resource: string): Promise<Outcome<ResourceNow>>
  enable(resource: string): Promise<Outcome<ResourceNow>>
  /** For good: every key at or below it ends with it. */
  end(resource: string): Promise<Outcome<ResourceNow>>
}

/** Everything that can be done on somebody's behalf. */
export interface Desk<
  Kinds extends string = string,
  Scope extends string = string,
  Role extends string = string,
> {
  readonly keys: KeyVerbs<Kinds, Scope>
  readonly pickups: PickupDesk<Kinds, Scope>
  readonly resources: ResourceVerbs
  readonly members: MemberVerbs<Role>
  readonly organizations: OrganizationVerbs
  readonly invitations: InvitationVerbs<Role>
  readonly people: PersonVerbs
  readonly me: MeVerbs
  readonly events: {
    list(
      request?: ListEventsRequest,
    ): Promise<Outcome<{ events: readonly KeyEvent[]; next: number | null }>>
  }
  readonly usage: {
    read(
      request: ReadUsageRequest,
    ): Promise<Outcome<{ rows: readonly UsageRow[]; next: UsageQuery['after'] | null }>>
    /** The quotas that hold for one key; without an id for who asks. */
    quotas(keyId?: string): Promise<Outcome<{ quotas: readonly QuotaStanding[] }>>
  }
}

/** Everything that the product's own code can do. */
export interface OperatorDesk<
  Kinds extends string = string,
  Scope extends string = string,
  Role extends string = string,
> extends Desk<Kinds, Scope, Role> {
  readonly people: PeopleVerbs
  readonly issuers: IssuerVerbs
}

/** Numbers since the start, for metrics. */
export interface AuthorityCounts {
  readonly decisions: ReadonlyMap<'allowed' | Refused['code'], number>
  readonly cachedKeys: number
  readonly cacheHits: number
  readonly cacheMisses: number
}

export interface Authority<
  Scope extends string = string,
  Kinds extends string = string,
  Mode extends string = string,
  Role extends string = string,
>
  extends Verifier<Scope, Kinds, Mode>, OperatorDesk<Kinds, Scope, Role> {
  /** The same decision about somebody who is signed in, by their roles as they are now. */
  verifySession(request: SessionRequest<Scope, Mode>): Promise<Decision<Kinds, Mode>>
  /** The same verbs as who was verified: nothing beyond what that key or person reaches. */
  as(principal: Principal): Desk<Kinds, Scope, Role>
  /** The same verbs as a person who is signed in, by their roles; whoever calls this has made sure who it is. */
  asPerson(personId: string): Desk<Kinds, Scope, Role>
  /** The same verbs as the product's own code, with a name for the audit log. */
  asOperator(name: string): OperatorDesk<Kinds, Scope, Role>
  /** Keys that another machine gets by a code. */
  readonly pickups: PickupVerbs<Kinds, Scope>
  /** Logins of programs; the definition says whether there are any. */
  readonly login: LoginVerbs
  counts(): AuthorityCounts
  /** Resolves when the database answers. @throws StoreUnavailable */
  check(): Promise<void>
  /** Writes what is held in memory (usage, unspent quota) and closes the database. */
  close(): Promise<void>
}
