import { scopesAt } from '../decide/reach.ts'
import { covers } from '../resource/covers.ts'
import { parseResource } from '../resource/parse.ts'
import { resolveOwn } from '../resource/resolve.ts'
import type { BuiltinScope } from '../scope/builtin.ts'
import type { Acting, ActorNow } from './actor.ts'
import type { ChangeRefused } from './outcome.ts'
import { refused } from './outcome.ts'

/** The part of all rows that an actor may look at: a resource with everything below, in one mode. */
export interface View {
  readonly resource: string | null
  readonly mode?: string | null
  /** Set where a person looks at their own: what they hold or what concerns them, wherever it is. */
  readonly person?: string
}

/**
 * What the actor may see, narrowed to a resource that it asks for.
 * @param wish `scope` is the one that must be had at the resource
 */
export function narrowView(
  { principal }: ActorNow,
  wish: { readonly resource: string | undefined; readonly scope: BuiltinScope },
): { ok: true; view: View } | ChangeRefused {
  const { resource: wanted } = wish
  if (wanted !== undefined && parseResource(wanted) === undefined) {
    return refused('invalid_resource', 'resource is not a resource name, as organizations/{id}.')
  }
  if (principal === null) return { ok: true, view: { resource: wanted ?? null } }
  const { resource: own } = principal
  const resource = wanted === undefined ? own : resolveOwn(wanted, own)
  if (resource !== undefined && maySee(principal, { resource, scope: wish.scope })) {
    return { ok: true, view: viewOf(principal, resource) }
  }
  if (principal.reach !== undefined) {
    return refused('outside_resource', `No role of this person gives ${wish.scope} there.`)
  }
  return refused('outside_resource', `This key is bound to ${own} and sees only what is below it.`)
}

// The scope itself was checked; where roles give it only in places, it must be had in this one.
function maySee(principal: Acting, at: { resource: string; scope: BuiltinScope }): boolean {
  if (principal.reach === undefined) return covers(principal.resource, at.resource)
  return scopesAt(principal, at.resource).includes(at.scope)
}

function viewOf({ mode, reach }: Acting, resource: string): View {
  return {
    resource,
    ...(mode === undefined ? {} : { mode }),
    ...(reach?.holder === resource ? { person: resource } : {}),
  }
}
