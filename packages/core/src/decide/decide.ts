// The verdict about a genuine secret, without limits: standing, then mode, scope and resource (DESIGN 2, sentence 2).
// Pure: the same facts, question and time always give the same answer.

import { PEOPLE } from '../person/person.ts'
import { reaches } from '../resource/reaches.ts'
import { printable } from '../secret/printable.ts'
import type { Ask, KeyPrincipal, Principal, RefusalCode, Refused } from './decision.ts'
import type { KeyFacts } from './facts.ts'
import type { Reach } from './reach.ts'
import { lookThere } from './reach.ts'
import { instant } from './standing.ts'

/** @returns the refusal, or undefined when the key may do what is asked */
export function decide(facts: KeyFacts, ask: Ask, nowMs: number): Refused | undefined {
  return (
    refuseStanding(facts, nowMs) ??
    refuseMode(facts, ask) ??
    refuseScope(facts, ask) ??
    refusePlace(facts, ask)
  )
}

// The terms of the verdict, each a question of its own, so that it can be explained term by term.

/** Whether it counts at all. */
export function refuseStanding(facts: KeyFacts, nowMs: number): Refused | undefined {
  if (facts.shared.refusal !== null) return facts.shared.refusal
  if (facts.endsAtSeconds !== 0 && nowMs >= facts.endsAtSeconds * 1000) return ended(facts)
  return undefined
}

/** Whether it is for the data that is asked for. */
export function refuseMode(facts: KeyFacts, { mode }: Ask): Refused | undefined {
  return mode === undefined || mode === facts.shared.mode ? undefined : wrongMode(facts, mode)
}

/** Whether it has the scope, somewhere. */
export function refuseScope(facts: KeyFacts, { scope }: Ask): Refused | undefined {
  return scope === undefined || facts.shared.scopes.has(scope)
    ? undefined
    : lacksScope(facts, scope)
}

/** Whether it reaches the resource and, for a key of a person, whether a role of theirs gives the scope there. */
export function refusePlace(facts: KeyFacts, { scope, resource }: Ask): Refused | undefined {
  if (resource === undefined) return undefined
  const { reach } = facts.shared
  if (reach !== undefined) return askRoles(facts, { scope, resource, reach })
  return reaches(facts.resource, resource) ? undefined : outside(facts, resource)
}

/** The typed value that the holder of a key is known by after verification. */
export function principalOf(facts: KeyFacts): KeyPrincipal {
  const { reach } = facts.shared
  return reach === undefined ? keyPrincipalOf(facts) : { ...keyPrincipalOf(facts), reach }
}

function keyPrincipalOf(facts: KeyFacts): KeyPrincipal {
  const { kind, mode, scopeList, metadata } = facts.shared
  return {
    type: 'key',
    keyId: facts.id,
    kind: kind.name,
    holder: facts.holder ?? facts.resource,
    resource: facts.resource,
    mode,
    scopes: scopeList,
    expiresAt: facts.endsAtSeconds === 0 ? null : facts.endsAtSeconds * 1000,
    metadata,
    seq: facts.seq,
  }
}

/** What a principal that is already known may do; no standing and no limits are looked at. */
export function permits(principal: Principal, ask: Ask): Refused | undefined {
  const { keyId, kind: name, mode, scopes, resource: own } = principal
  const named = { id: keyId ?? own, resource: own, shared: { kind: { name }, mode } }
  const isOfMode = ask.mode === undefined || principal.type !== 'key' || ask.mode === mode
  if (!isOfMode) return wrongMode(named, ask.mode)
  if (ask.scope !== undefined && !scopes.includes(ask.scope)) return lacksScope(named, ask.scope)
  if (ask.resource === undefined) return undefined
  const { reach } = principal
  if (reach !== undefined) {
    const { scope, resource } = ask
    return askRoles(named, { scope, resource, reach }, 'what was asked for')
  }
  if (reaches(own, ask.resource)) return undefined
  // Asked with what the product looked up, which may be the name of another tenant: it is not repeated.
  return outside(named, 'what was asked for')
}

interface Named {
  readonly id: string
  readonly resource: string
  readonly shared: { readonly kind: { readonly name: string }; readonly mode: string | null }
}

// The person's live roles decide what the key's own scopes and resource have let through.
function askRoles(
  named: Named,
  ask: { readonly scope: string | undefined; readonly resource: string; readonly reach: Reach },
  shown = ask.resource,
): Refused | undefined {
  const { resource, shared } = named
  const { reach, scope } = ask
  const found = lookThere({ resource, reach }, ask)
  if (found === 'given') return undefined
  if (found === 'lacking' && scope !== undefined) return lacksRole(named, { scope, shown })
  if (resource !== reach.holder) return outside(named, shown)
  const acts = isPerson(named) ? 'This is' : `This ${shared.kind.name} key acts for`
  const detail = `${acts} ${reach.holder}, who has no role that covers ${printable(shown)}.`
  return refusedFor(named, 'outside_resource', detail)
}

function lacksRole(named: Named, { scope, shown }: { scope: string; shown: string }): Refused {
  const whose = isPerson(named) ? 'this person' : "this key's person"
  const detail = `The role of ${whose} does not give ${printable(scope)} at ${printable(shown)}.`
  return { ...refusedFor(named, 'insufficient_scope', detail), scope: printable(scope) }
}

function ended(facts: KeyFacts): Refused {
  const { endCode: code } = facts.shared
  return refusedFor(facts, code, code === 'key_expired' ? expired(facts) : replaced(facts))
}

function expired({ endsAtSeconds }: KeyFacts): string {
  return `This key expired at ${instant(endsAtSeconds * 1000)}. Ask for a new one.`
}

// Without an overlap it ended before every clock, and the row says no time.
function replaced({ endsAtSeconds }: KeyFacts): string {
  const when = endsAtSeconds > 1 ? `ended at ${instant(endsAtSeconds * 1000)}` : 'has ended'
  return `This secret was replaced by a rotation and ${when}. Use the key's new secret.`
}

function wrongMode(named: Named, asked: string): Refused {
  if (isPerson(named)) {
    return refusedFor(named, 'wrong_mode', `There is no ${printable(asked)} data here.`)
  }
  const detail = `This is a ${named.shared.mode ?? 'mode-less'} key; the request concerns ${printable(asked)} data. Use a key of that mode.`
  return refusedFor(named, 'wrong_mode', detail)
}

function lacksScope(named: Named, scope: string): Refused {
  const detail = isPerson(named)
    ? `No role of this person gives the scope ${printable(scope)}. Have a role given.`
    : `This ${named.shared.kind.name} key does not have the scope ${printable(scope)}. Use a key that has it.`
  return { ...refusedFor(named, 'insufficient_scope', detail), scope: printable(scope) }
}

function outside(named: Named, asked: string): Refused {
  const detail = `This key is bound to ${named.resource}, which does not cover ${printable(asked)}.`
  return refusedFor(named, 'outside_resource', detail)
}

// A kind cannot be called so: what has this name is a person.
function isPerson({ shared }: Named): boolean {
  return shared.kind.name === PEOPLE
}

function refusedFor(named: Named, code: RefusalCode, detail: string): Refused {
  const refusal = { allowed: false, code, detail } as const
  return isPerson(named) ? refusal : { ...refusal, keyId: named.id }
}
