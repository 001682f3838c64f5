// Where a person reaches: their own space, as owner, and each resource where they have a role. A key of a person, and
// every key below one, carries this as plain data and is cut to it at each decision, so that losing a role narrows the
// key at once. A role at a resource that is disabled or has ended reaches nothing, nor does one that the definition no
// longer has.

import { OWNER } from '../definition/check-roles.ts'
import type { Definition } from '../definition/definition.ts'
import { covers, withAncestors } from '../resource/covers.ts'
import { reaches } from '../resource/reaches.ts'
import { resolveOwn } from '../resource/resolve.ts'

/** A role at a resource, and the declared scopes it gives there and below. */
export interface RoleAt {
  readonly resource: string
  readonly role: string
  readonly scopes: readonly string[]
}

export interface Reach {
  /** The person's own space, `users/usr_…`. */
  readonly holder: string
  readonly at: readonly RoleAt[]
}

/** A person and their roles, as one read of the database saw them. */
export interface ReachSnapshot {
  readonly holder: string
  readonly memberships: readonly {
    readonly resource: string
    readonly role: string
    /** True when the resource, or one above it, is disabled or has ended. */
    readonly isBlocked: boolean
  }[]
}

/** What has both: a key's facts, a principal, an actor. */
interface Reaching {
  /** Where it is bound; the person's own space means wherever the person reaches. */
  readonly resource: string
  readonly reach: Reach
}

/** @param bound the resource of the key; roles that lie neither above nor below it give it nothing */
export function reachOf(definition: Definition, snapshot: ReachSnapshot, bound: string): Reach {
  const { holder, memberships } = snapshot
  const at: RoleAt[] = []
  const roles = [{ resource: holder, role: OWNER, isBlocked: false }, ...memberships]
  for (const { resource, role, isBlocked } of roles) {
    const scopes = definition.roles.get(role)
    const isNear = bound === holder || covers(resource, bound) || covers(bound, resource)
    if (scopes !== undefined && isNear && !isBlocked) at.push({ resource, role, scopes })
  }
  return { holder, at }
}

/** Every name an event can be about that changes the reach. */
export function watchedBy({ holder, memberships }: ReachSnapshot): readonly string[] {
  return [...new Set([holder, ...memberships.flatMap(({ resource }) => withAncestors(resource))])]
}

/** Declared scopes that some role of the reach gives somewhere. */
export function scopesOfReach({ at }: Reach): ReadonlySet<string> {
  return new Set(at.flatMap(({ scopes }) => scopes))
}

/** What the roles say of a resource that a request names: `given`, `lacking` the scope there, or `outside` of all. */
export function lookThere(
  { resource: own, reach }: Reaching,
  asked: { readonly resource: string; readonly scope?: string | undefined },
): 'given' | 'lacking' | 'outside' {
  const resource = resolveOwn(asked.resource, own)
  if (resource === undefined) return 'outside'
  if (own !== reach.holder && !reaches(own, resource)) return 'outside'
  const there = reach.at.filter((role) => reaches(role.resource, resource))
  if (there.length === 0) return 'outside'
  const { scope } = asked
  if (scope === undefined || there.some(({ scopes }) => scopes.includes(scope))) return 'given'
  return 'lacking'
}

/** Who asks for more than standing: a principal or an actor. */
export interface Placed {
  readonly resource: string
  readonly scopes: readonly string[]
  readonly reach?: Reach | undefined
}

/** The scopes somebody has at a resource, all of them; empty where they do not reach. The name is canonical. */
export function scopesAt(placed: Placed, resource: string): readonly string[] {
  const { resource: own, scopes, reach } = placed
  if (reach === undefined) return covers(own, resource) ? scopes : []
  if (own !== reach.holder && !covers(own, resource)) return []
  const there = reach.at.filter((role) => covers(role.resource, resource))
  return scopes.filter((scope) => there.some((role) => role.scopes.includes(scope)))
}

/**
 * The highest place from which a scope is had over a resource, strictly above it: what is done to the resource leaves
 * that place standing. Undefined where there is none.
 */
export function placeAbove(placed: Placed, scope: string, resource: string): string | undefined {
  const { resource: own, reach } = placed
  if (own === resource || !scopesAt(placed, resource).includes(scope)) return undefined
  if (reach === undefined) return own
  const [highest] = reach.at
    .filter((role) => role.scopes.includes(scope) && role.resource !== resource)
    .map((role) => role.resource)
    .filter((place) => covers(place, resource))
    .toSorted((one, other) => one.length - other.length)
  // A narrowed key speaks from where it is bound at the highest.
  return highest !== undefined && own !== reach.holder && covers(highest, own) ? own : highest
}
