// A key as its owner sees it in a list: with whether it counts and, where something else made it stop, what that is.

import type { NamedStanding, StandingName } from '../decide/name-standing.ts'
import { nameStanding } from '../decide/name-standing.ts'
import { covers } from '../resource/covers.ts'
import type { ActorCheck, ActorNow } from './actor.ts'
import { canSee } from './actor.ts'
import type { GroundedKey, Key } from './key.ts'

export interface SeenKey extends Key {
  readonly standing: StandingName
  /** The id of the key above, or the resource, that the standing follows from, if the caller may see it. */
  readonly becauseOf: string | null
}

/** Tells an actor how keys stand. */
export async function seeKeys(
  { definition, reads, now }: ActorCheck,
  actor: ActorNow,
  grounded: readonly GroundedKey[],
): Promise<readonly SeenKey[]> {
  const ancestors = new Map<string, boolean>()
  const seen: SeenKey[] = []
  for (const each of grounded) {
    const { standing, becauseOf } = nameStanding(definition, each, now)
    const isShown = await maySee(becauseOf, each.key)
    seen.push({ ...each.key, standing, becauseOf: isShown ? nameOf(becauseOf) : null })
  }
  return seen

  async function maySee(cause: NamedStanding['becauseOf'], key: Key): Promise<boolean> {
    if (cause === null || actor.principal === null) return true
    // A resource above is in the key's own name.
    if ('resource' in cause) {
      return covers(cause.resource, key.resource) || cause.resource === key.holder
    }
    const known = ancestors.get(cause.keyId)
    if (known !== undefined) return known
    const ancestor = await reads.getKey(cause.keyId)
    const isSeen = ancestor !== undefined && canSee(actor, ancestor)
    ancestors.set(cause.keyId, isSeen)
    return isSeen
  }
}

function nameOf(cause: NamedStanding['becauseOf']): string | null {
  if (cause === null) return null
  return 'keyId' in cause ? cause.keyId : cause.resource
}
