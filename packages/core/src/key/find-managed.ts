import type { Writes } from '../ports/store.ts'
import type { Actor, ActorNow } from './actor.ts'
import { canManage, canSee, checkActor, isAbove, isOfSamePerson } from './actor.ts'
import type { KeyDeps } from './deps.ts'
import type { Key } from './key.ts'
import type { ChangeRefused } from './outcome.ts'
import { refused } from './outcome.ts'

/** A key that an actor may change, both read in the change's own transaction. */
export interface Managed {
  readonly ok: true
  readonly key: Key
  readonly actor: ActorNow
}

/**
 * Finds a key for changing it. A key that the actor may not see is answered like one that does not exist.
 * @param isOwnAllowed whether the holder may do this to its own key without `keys:write`
 */
export async function findManaged(
  deps: KeyDeps,
  writes: Writes,
  ask: { actor: Actor; id: string; isOwnAllowed: boolean },
): Promise<Managed | ChangeRefused> {
  const isOwn = ask.actor.type === 'key' && ask.actor.keyId === ask.id
  const needs = isOwn && ask.isOwnAllowed ? undefined : 'keys:write'
  const check = { definition: deps.definition, reads: writes, now: deps.clock.now() }
  const checked = await checkActor(check, ask.actor, needs)
  if (!checked.ok) return checked
  const { actor } = checked
  const key = await writes.getKey(ask.id)
  if (key === undefined || !(canSee(actor, key) || canManage(deps.definition, actor, key))) {
    return keyNotFound()
  }
  const isEnding = ask.isOwnAllowed && isOfSamePerson(actor, key)
  if (isEnding || canManage(deps.definition, actor, key)) return { ok: true, key, actor }
  if (isAbove(actor, key)) {
    const above = 'This key is above the calling key, and a child does not change what it is under.'
    return refused('exceeds_parent', above)
  }
  const detail = `A key of kind ${actor.principal?.kind} may not change keys of kind ${key.kind}.`
  return refused('kind_not_mintable', detail)
}

/** The one answer for a key that is absent and for one that belongs to somebody else. */
export function keyNotFound(): ChangeRefused {
  return refused('key_not_found', 'No such key. Check the id; keys of others are not shown.')
}
