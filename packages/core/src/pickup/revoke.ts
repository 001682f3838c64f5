import type { Actor } from '../key/actor.ts'
import { checkActor } from '../key/actor.ts'
import type { KeyDeps } from '../key/deps.ts'
import type { Outcome } from '../key/outcome.ts'
import { refused } from '../key/outcome.ts'
import { appendPickup } from './event.ts'
import { pickupNotFound } from './not-found.ts'
import type { Pickup } from './pickup.ts'

/**
 * Takes one back that waits; only its sender does, or an operator. Again changes nothing and is no error. One that was
 * picked up is a key by now.
 */
export async function revokePickup(
  deps: KeyDeps,
  actor: Actor,
  id: string,
): Promise<Outcome<{ readonly pickup: Pickup }>> {
  const { definition } = deps
  return deps.store.transact(async (writes) => {
    const now = deps.clock.now()
    const checked = await checkActor({ definition, reads: writes, now }, actor, 'keys:write')
    if (!checked.ok) return checked
    const { principal, text } = checked.actor
    const pickup = await writes.getPickup(id)
    const isOwn = principal === null || pickup?.createdBy === text
    if (pickup === undefined || !isOwn) return pickupNotFound()
    if (pickup.redeemedAt !== null) {
      const made = pickup.keyId === null ? 'and made no key' : `as ${pickup.keyId}: revoke that key`
      return refused('pickup_ended', `It was picked up ${made}.`)
    }
    if (!(await writes.revokePickup(id, now))) return { ok: true, pickup }
    await appendPickup(writes, pickup, { type: 'pickup.revoked', at: now, actor: text })
    return { ok: true, pickup: { ...pickup, revokedAt: now } }
  })
}
