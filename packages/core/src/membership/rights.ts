// Who may decide about roles: somebody with `members:write` at the resource, and only about roles that give no more
// than they have there themselves. Roles hold in every mode, so of keys only those of the first mode decide about
// any: a key for test data would reach live data by them.

import { scopesAt } from '../decide/reach.ts'
import type { Definition } from '../definition/definition.ts'
import type { Acting, ActorNow } from '../key/actor.ts'
import type { ChangeRefused } from '../key/outcome.ts'
import { refused } from '../key/outcome.ts'
import { PEOPLE } from '../person/person.ts'
import { hasOwnMarker, parseResource } from '../resource/parse.ts'
import type { BuiltinScope } from '../scope/builtin.ts'
import { printable } from '../secret/printable.ts'

/** The refusal of a resource where nobody can have a role. */
export function checkPlace(definition: Definition, resource: string): ChangeRefused | undefined {
  const parts = parseResource(resource)
  const isShared = parts !== undefined && !hasOwnMarker(parts) && parts.pattern !== PEOPLE
  if (isShared && definition.patterns.has(parts.pattern)) return undefined
  const known = [...definition.patterns].filter((pattern) => pattern !== PEOPLE).join(', ')
  return refused('invalid_resource', `That is no resource for roles: there are ${known}.`)
}

export function checkRole(definition: Definition, role: string): ChangeRefused | undefined {
  if (definition.roles.has(role)) return undefined
  const known = [...definition.roles.keys()].join(', ')
  return refused('unknown_role', `'${printable(role)}' is no role. Use one of ${known}.`)
}

/** The refusal of an actor who lacks a scope at a resource. */
export function checkThere(
  { principal }: ActorNow,
  at: { readonly scope: BuiltinScope; readonly resource: string },
): ChangeRefused | undefined {
  if (principal === null) return undefined
  const have = scopesAt(principal, at.resource)
  if (have.includes(at.scope)) return undefined
  if (have.length === 0) {
    return refused('outside_resource', 'That resource is not within the reach of the caller.')
  }
  const detail = `The caller does not have ${at.scope} there.`
  return { ...refused('insufficient_scope', detail), scope: at.scope }
}

/** The refusal of an actor who may not give, or take, these roles at a resource. */
export function checkGiving(
  definition: Definition,
  { principal, ...actor }: ActorNow,
  giving: { readonly resource: string; readonly roles: readonly string[] },
): ChangeRefused | undefined {
  if (principal === null) return undefined
  const { resource, roles } = giving
  const [first] = definition.modes
  if (first !== undefined && principal.mode !== undefined && principal.mode !== first) {
    const detail = `Roles hold in every mode at once. Use a ${first} key.`
    return refused('wrong_mode', detail)
  }
  const missing = checkThere({ ...actor, principal }, { scope: 'members:write', resource })
  if (missing !== undefined) return missing
  const wider = roles.find((role) => !isWithin(definition, role, { principal, resource }))
  if (wider === undefined) return undefined
  const detail = `The role ${wider} gives more than the caller has at ${resource}.`
  return refused('exceeds_role', detail)
}

function isWithin(
  definition: Definition,
  role: string,
  { principal, resource }: { principal: Acting; resource: string },
): boolean {
  const have = scopesAt(principal, resource)
  return (definition.roles.get(role) ?? []).every((scope) => have.includes(scope))
}
