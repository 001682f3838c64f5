// What keeps a key from what is asked: which of kind, key, key above and role lacks a scope, and where the others end.

import { refuseMode, refusePlace, refuseScope } from '../decide/decide.ts'
import type { Ask } from '../decide/decision.ts'
import { scopesOfReach } from '../decide/reach.ts'
import type { Definition } from '../definition/definition.ts'
import { reaches } from '../resource/reaches.ts'
import { expandGrants } from '../scope/grants.ts'
import { printable } from '../secret/printable.ts'
import type { ExplainedTerm } from './explanation.ts'
import { failed } from './explanation.ts'
import type { Explained } from './fix-standing.ts'

export function explainMode({ facts }: Explained, ask: Ask): ExplainedTerm {
  if (ask.mode === undefined) return { term: 'mode', verdict: 'not_asked' }
  const refusal = refuseMode(facts, ask)
  if (refusal === undefined) return { term: 'mode', verdict: 'holds' }
  const fix = `Use a key of mode ${printable(ask.mode)}: a key has its mode for good.`
  return failed('mode', refusal, fix)
}

export function explainScope(
  definition: Definition,
  explained: Explained,
  ask: Ask,
): ExplainedTerm {
  const { scope } = ask
  if (scope === undefined) return { term: 'scope', verdict: 'not_asked' }
  const refusal = refuseScope(explained.facts, ask)
  if (refusal === undefined) return { term: 'scope', verdict: 'holds' }
  return failed('scope', refusal, fixScope(definition, explained, scope))
}

function fixScope(definition: Definition, { facts, snapshot }: Explained, scope: string): string {
  const shown = printable(scope)
  const { kind, reach } = facts.shared
  const has = (grants: readonly string[]) => expandGrants(grants, definition.scopes).has(scope)
  if (!definition.scopes.includes(scope)) {
    return `The definition declares no scope ${shown}. Use ${definition.scopes.join(', ')}.`
  }
  if (!has(kind.grants)) {
    return `Keys of kind ${kind.name} never have ${shown}. Use a key of another kind, or give the kind the scope in the definition.`
  }
  if (!has(snapshot.scopes)) {
    return `This key has ${snapshot.scopes.join(', ')}. Mint one with ${shown}: a key is narrowed and never widened.`
  }
  const above = snapshot.line.find(({ scopes }) => !has(scopes))
  if (above !== undefined) {
    return `The key above it, ${above.id}, has ${above.scopes.join(', ')}. Mint with one that has ${shown}.`
  }
  return reach !== undefined && !scopesOfReach(reach).has(scope)
    ? `Give ${reach.holder} a role with ${shown}: ${rolesWith(definition, scope)}.`
    : `Use a key that has ${shown}.`
}

/** Where the key is bound and, for a key of a person, what their roles give there: two terms of one look. */
export function explainPlace(
  definition: Definition,
  { facts }: Explained,
  ask: Ask,
): readonly [ExplainedTerm, ExplainedTerm] {
  const { scope, resource } = ask
  const { reach } = facts.shared
  const unasked: ExplainedTerm = { term: 'role', verdict: 'not_asked' }
  if (resource === undefined) return [{ term: 'resource', verdict: 'not_asked' }, unasked]
  const refusal = refusePlace(facts, ask)
  const reached: ExplainedTerm = { term: 'resource', verdict: 'holds' }
  if (refusal === undefined) {
    return [reached, reach === undefined ? unasked : { term: 'role', verdict: 'holds' }]
  }
  const shown = printable(resource)
  if (refusal.code === 'insufficient_scope' && scope !== undefined) {
    const roles = rolesWith(definition, scope)
    const fix = `Give ${reach?.holder} a role at ${shown}, or above it, with ${printable(scope)}: ${roles}.`
    return [reached, failed('role', refusal, fix)]
  }
  const isNarrowed = reach === undefined || facts.resource !== reach.holder
  const fix =
    isNarrowed && !reaches(facts.resource, resource)
      ? `Use a key that is bound to ${shown} or above it: this one is bound to ${facts.resource}.`
      : `Give ${reach?.holder} a role at ${shown} or above it.`
  return [failed('resource', refusal, fix), unasked]
}

function rolesWith({ roles }: Definition, scope: string): string {
  const names = [...roles].filter(([, scopes]) => scopes.includes(scope)).map(([name]) => name)
  return names.length === 0 ? 'no role has it' : names.join(', ')
}
