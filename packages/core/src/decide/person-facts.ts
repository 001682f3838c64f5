// A person as a verifier keeps one: the same facts as of a key, with what a person does not have left out, so that one
// verdict, one charge and one rule of truth serve both. Their rate and quota are the person's, however they came.

import type { Definition } from '../definition/definition.ts'
import { limitsOf } from '../definition/definition.ts'
import type { ReachRead } from '../ports/people.ts'
import type { Refused, SessionPrincipal, TokenPrincipal } from './decision.ts'
import type { KeyFacts } from './facts.ts'
import { reachOf, scopesOfReach, watchedBy } from './reach.ts'

/** By what somebody who has no key has shown who they are. */
export type Shown =
  | Pick<TokenPrincipal, 'type' | 'issuer' | 'subject' | 'issuedAt' | 'expiresAt'>
  | Pick<SessionPrincipal, 'type' | 'sessionId' | 'authenticatedAt' | 'expiresAt'>

/** What one read of the database saw of a person. */
export interface PersonSnapshot extends ReachRead {
  /** The event number of the read. */
  readonly seq: number
  /** Further names that an event may be about which changes what was read. */
  readonly watched: readonly string[]
}

/** @param mode the mode in which the person acts, with its limits; null where none is asked for */
export function personFactsOf(
  definition: Definition,
  { reach: snapshot, blockedBy, seq, watched }: PersonSnapshot,
  mode: string | null,
): KeyFacts {
  const { holder } = snapshot
  const reach = reachOf(definition, snapshot, holder)
  const given = scopesOfReach(reach)
  const scopeList = definition.scopes.filter((scope) => given.has(scope))
  return {
    id: holder,
    resource: holder,
    shared: {
      kind: definition.people,
      mode,
      scopes: new Set(scopeList),
      scopeList,
      limits: limitsOf(definition.people, mode),
      metadata: null,
      line: [],
      reach,
      watched: [...watchedBy(snapshot), ...watched],
      endCode: 'key_expired',
      refusal: blockedBy === null ? null : blocked(holder, blockedBy),
    },
    endsAtSeconds: 0,
    seq,
    use: null,
  }
}

/** Who a person acts as by what they have shown. */
export function personPrincipalOf(facts: KeyFacts, by: Shown): TokenPrincipal | SessionPrincipal {
  const { resource, shared, seq } = facts
  const { reach = { holder: resource, at: [] }, scopeList: scopes } = shared
  const person = { keyId: null, kind: 'users', holder: resource, resource, mode: null } as const
  return { ...by, ...person, scopes, metadata: null, seq, reach }
}

function blocked(holder: string, state: 'disabled' | 'ended'): Refused {
  return state === 'ended'
    ? { allowed: false, code: 'resource_ended', detail: `${holder} has ended.` }
    : { allowed: false, code: 'resource_disabled', detail: `${holder} is disabled.` }
}
