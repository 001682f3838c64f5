// Disable, enable and end a resource: one row and one event, however many keys lie below it. Disabling is for
// suspicion and unpaid bills and can be undone; ending is final, as for a deleted organisation or a finished run.

import type { Actor } from '../key/actor.ts'
import { checkActor } from '../key/actor.ts'
import type { KeyDeps } from '../key/deps.ts'
import type { Outcome } from '../key/outcome.ts'
import { refused } from '../key/outcome.ts'
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
    // Strictly below: a key that ended its own resource could not undo a mistake, nor tell it from an attack.
    if (
      principal !== null &&
      (!covers(principal.resource, resource) || principal.resource === resource)
    ) {
      const detail = `This key is bound to ${principal.resource} and may change what lies below it.`
      return refused('outside_resource', detail)
    }
    // A resource has one state for all modes, so a key for test data would reach live keys by it.
    const [first] = deps.definition.modes
    if (principal !== null && first !== undefined && principal.mode !== first) {
      const detail = `A resource stands or falls for all modes at once. Use a ${first} key.`
      return refused('wrong_mode', detail)
    }
    const { state, event } = CHANGES[verb]
    const before = await writes.resourceState(resource)
    if (before === state) return { ok: true, resource, state: state ?? 'standing' }
    if (before === 'ended') return refused('already_ended', `${resource} has ended, for good.`)
    await writes.setResourceState(resource, state, now)
    await writes.append({
      type: event,
      at: now,
      actor: text,
      keyId: null,
      resource,
      mode: null,
      data: {},
    })
    return { ok: true, resource, state: state ?? 'standing' }
  })
}
