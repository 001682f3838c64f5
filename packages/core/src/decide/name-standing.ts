// Standing in one word, for lists: what `verify` would answer when nothing is asked, worked out from the same reads by
// the same rules, so that a list never calls a key live that is refused.

import type { Definition } from '../definition/definition.ts'
import type { Ground, GroundedKey, Key } from '../key/key.ts'
import type { Refused } from './decision.ts'
import { reachOf } from './reach.ts'
import { isOver, standingOf } from './standing.ts'

/**
 * `revoked` and `expired`: the key, or one above it. `disabled` and `ended`: its resource, one above it, or the person
 * behind it. `roleless`: bound to a resource where that person has no role now.
 */
export type StandingName = 'live' | 'revoked' | 'expired' | 'disabled' | 'ended' | 'roleless'

export interface NamedStanding {
  readonly standing: StandingName
  /** The key or resource that it follows from; null where it is the key's own. */
  readonly becauseOf: { readonly keyId: string } | { readonly resource: string } | null
}

const LIVE: NamedStanding = { standing: 'live', becauseOf: null }

/** What a key's standing is called, and what it comes from. */
export function nameStanding(
  definition: Definition,
  { key, ground }: GroundedKey,
  now: number,
): NamedStanding {
  const snapshot = { ...key, ...ground, secretEndsAt: null }
  const { refusal, endsAtSeconds } = standingOf(snapshot)
  if (refusal !== null) return nameRefusal(refusal, key, ground)
  const { reach } = ground
  if (reach !== undefined && reachOf(definition, reach, key.resource).at.length === 0) {
    return { standing: 'roleless', becauseOf: null }
  }
  if (endsAtSeconds === 0 || now < endsAtSeconds * 1000) return LIVE
  if (isOver(key.expiresAt, now)) return { standing: 'expired', becauseOf: null }
  return { standing: 'expired', becauseOf: above(ground, (each) => isOver(each.expiresAt, now)) }
}

/** Whether a key so named can never count again; a disabled resource comes back, and so does a role. */
export function isForGood(standing: StandingName): boolean {
  return standing === 'revoked' || standing === 'expired' || standing === 'ended'
}

function nameRefusal({ code }: Refused, key: Key, ground: Ground): NamedStanding {
  if (code === 'key_revoked') {
    const isOwn = key.revokedAt !== null
    const becauseOf = isOwn ? null : above(ground, (each) => each.revokedAt !== null)
    return { standing: 'revoked', becauseOf }
  }
  const { blockedBy } = ground
  const becauseOf = blockedBy && { resource: blockedBy.resource }
  return { standing: code === 'resource_ended' ? 'ended' : 'disabled', becauseOf }
}

function above(
  { line }: Ground,
  hasEnded: (ancestor: Ground['line'][number]) => boolean,
): { readonly keyId: string } | null {
  const ancestor = line.find(hasEnded)
  return ancestor === undefined ? null : { keyId: ancestor.id }
}
