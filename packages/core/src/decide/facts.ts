// Facts are what a verifier keeps of a key: a snapshot with everything that does not change between two events
// already worked out. What siblings share (kind, mode, scopes, line) is one object, so a cached key stays small.

import type { Definition, Kind, LimitSet } from '../definition/definition.ts'
import { limitsOf } from '../definition/definition.ts'
import type { KeySnapshot, Metadata } from '../key/key.ts'
import { expandGrants } from '../scope/grants.ts'
import type { UsageDelta } from '../usage/usage.ts'
import type { Refused } from './decision.ts'
import { standingOf } from './standing.ts'

/** The part of the facts that keys minted alike have in common. */
export interface SharedFacts {
  readonly kind: Kind
  readonly mode: string | null
  readonly scopes: ReadonlySet<string>
  /** The same, as callers see it. */
  readonly scopeList: readonly string[]
  readonly limits: LimitSet
  readonly metadata: Metadata | null
  /** Ids of the keys above it: an event about one of them concerns this key too. */
  readonly line: readonly string[]
  /** The refusal at `endsAt`: expired, or replaced by a rotation. */
  readonly endCode: 'key_expired' | 'key_rotated'
  /** Set when the key no longer stands whatever is asked. */
  readonly refusal: Refused | null
}

export interface KeyFacts {
  readonly id: string
  readonly resource: string
  /** Where it is not the resource itself; left out it takes no room. */
  readonly holder?: string
  readonly shared: SharedFacts
  /** Epoch seconds at which it stops standing by itself; 0 for never. */
  readonly endsAtSeconds: number
  /** The event number it was read at. */
  seq: number
  /** What a verifier counted since it last handed its counts over. */
  use: { -readonly [Name in keyof UsageDelta]: UsageDelta[Name] } | null
}

/** Makes a shared part unique by its text, so that equal ones are one object. */
export type Intern = (text: string, make: () => SharedFacts) => SharedFacts

/**
 * Works a snapshot out into facts.
 * @param seq the event number of the database snapshot it was read in
 */
export function factsOf(
  definition: Definition,
  read: { readonly snapshot: KeySnapshot; readonly seq: number },
  intern: Intern,
): KeyFacts | undefined {
  const { snapshot, seq } = read
  const kind = definition.kinds.get(snapshot.kind)
  // A kind that the definition no longer has cannot be decided about; its secrets are unknown from now on.
  if (kind === undefined || !kind.limits.has(snapshot.mode ?? '')) return undefined
  const standing = standingOf(snapshot)
  const line = snapshot.line.map((ancestor) => ancestor.id)
  const text = JSON.stringify([
    [kind.name, snapshot.mode, snapshot.scopes, snapshot.metadata, line],
    snapshot.line.map((ancestor) => ancestor.scopes),
    [standing.endCode, standing.refusal],
  ])
  const shared = intern(text, () => ({
    kind,
    mode: snapshot.mode,
    ...effectiveScopes(definition, snapshot),
    limits: limitsOf(kind, snapshot.mode),
    metadata: snapshot.metadata,
    line,
    endCode: standing.endCode,
    refusal: standing.refusal,
  }))
  const { id, resource, holder } = snapshot
  const { endsAtSeconds } = standing
  const facts: KeyFacts = { id, resource, shared, endsAtSeconds, seq, use: null }
  return holder === resource ? facts : { ...facts, holder }
}

// A child never has more than its ancestors have now: narrowing a parent narrows the branch.
function effectiveScopes(
  definition: Definition,
  snapshot: KeySnapshot,
): Pick<SharedFacts, 'scopes' | 'scopeList'> {
  const kind = definition.kinds.get(snapshot.kind) as Kind
  const lists = [kind.grants, snapshot.scopes, ...snapshot.line.map((ancestor) => ancestor.scopes)]
  const sets = lists.map((grants) => expandGrants(grants, definition.scopes))
  const scopeList = definition.scopes.filter((scope) => sets.every((set) => set.has(scope)))
  return { scopes: new Set(scopeList), scopeList }
}
