// Disable, enable and end a resource: one row and one event, however many keys lie below it. Disabling is for
// suspicion and unpaid bills and can be undone; ending is final, as for a deleted organisation or a finished run.

import type { Principal } from '../decide/decision.ts'
import type { Actor } from '../key/actor.ts'
import { checkActor } from '../key/actor.ts'
import type { KeyDeps } from '../key/deps.ts'
import type { ChangeRefused, Outcome } from '../key/outcome.ts'
import { refused } from '../key/outcome.ts'
import type { ResourceMark } from '../ports/store.ts'
import { covers } from './covers.ts'
import { hasOwnMarker, parseResource } from './parse.ts'

export type ResourceVerb = 'disable' | 'enable' | 'end'

const CHANGES = {
  disable: { state: 'disabled', event: 'resource.disabled' },
  enable: { state: null, event: 'resource.enabled' },
  end: { state: 'ended', event: 'resource.ended' },
} as const

export interface ResourceNow {
  readonly resource: string
  readonly state: 'standing' | 'disabled' | 'ended'
}

/** Changes how a resource stands. Doing it again changes nothing and is no error. */
export async function setResourceState(
  deps: KeyDeps,
  actor: Actor,
  ask: { readonly verb: ResourceVerb; readonly resource: string },
): Promise<Outcome<ResourceNow>> {
  const { verb, resource } = ask
  const parts = parseResource(resource)
  if (parts === undefined || hasOwnMarker(parts) || !deps.definition.patterns.has(parts.pattern)) {
    const known = [...deps.definition.patterns].join(', ')
    return refused('invalid_resource', `That is no resource of this definition: it has ${known}.`)
  }
  return deps.store.transact(async (writes) => {
    const now = deps.clock.now()
    const check = { definition: deps.definition, reads: writes, now }
    const checked = await checkActor(check, actor, 'keys:write')
    if (!checked.ok) return checked
    const { text, principal } = checked.actor
    const by = principal?.resource ?? ''
    const before = await writes.resourceState(resource)
    const { state, event } = CHANGES[verb]
    const refusal =
      checkReach(deps, principal, resource) ?? checkBefore({ resource, before, state, by })
    if (refusal !== undefined) return refusal
    if (before !== null && before.state === state && before.by === by) return done(resource, state)
    await writes.setResourceState(resource, { state, at: now, by })
    // Disabled again from higher up: who may enable it has changed, how it stands has not.
    if ((before?.state ?? null) === state) return done(resource, state)
    const at = { at: now, keyId: null, mode: null }
    await writes.append({ type: event, actor: text, resource, data: {}, ...at })
    return done(resource, state)
  })
}

/** Whether the caller's key reaches the resource for this at all. */
function checkReach(
  { definition }: KeyDeps,
  principal: Principal | null,
  resource: string,
): ChangeRefused | undefined {
  if (principal === null) return undefined
  // Strictly below: a key that ended its own resource could not undo a mistake, nor tell it from an attack.
  if (!covers(principal.resource, resource) || principal.resource === resource) {
    const detail = `This key is bound to ${principal.resource} and may change what lies below it.`
    return refused('outside_resource', detail)
  }
  // A resource has one state for all modes, so a key for test data would reach live keys by it.
  const [first] = definition.modes
  if (first === undefined || principal.mode === first) return undefined
  const detail = `A resource stands or falls for all modes at once. Use a ${first} key.`
  return refused('wrong_mode', detail)
}

/** Whether what was done before leaves room for this change, from this place. */
function checkBefore(change: {
  readonly resource: string
  readonly before: ResourceMark | null
  readonly state: 'disabled' | 'ended' | null
  readonly by: string
}): ChangeRefused | undefined {
  const { resource, before, state, by } = change
  if (before === null) return undefined
  if (before.state === 'ended' && state !== 'ended') {
    return refused('already_ended', `${resource} has ended, for good.`)
  }
  if (isAtOrAbove(by, before.by)) return undefined
  const detail = `${resource} was changed from above this key. Only from there it can be changed.`
  return refused('outside_resource', detail)
}

function done(resource: string, state: 'disabled' | 'ended' | null): { ok: true } & ResourceNow {
  return { ok: true, resource, state: state ?? 'standing' }
}

/** Whether one place decides over another; the operator's, which is written as empty, over all. */
function isAtOrAbove(place: string, other: string): boolean {
  return place === '' || (other !== '' && covers(place, other))
}
