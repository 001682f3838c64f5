import type { Actor } from '../key/actor.ts'
import { checkActor } from '../key/actor.ts'
import type { KeyDeps } from '../key/deps.ts'
import type { Outcome } from '../key/outcome.ts'
import { spaceOf } from '../person/person.ts'
import { checkOwn, personActing } from './own.ts'
import { checkLastOwner, membershipNotFound } from './last-owner.ts'
import type { Membership } from './membership.ts'
import { checkGiving, checkPlace } from './rights.ts'

export interface RemoveRequest {
  readonly personId: string
  readonly resource: string
}

/**
 * Takes a person's role at a resource away; what their keys could do by it ends at once. The person themself may always
 * leave, the last owner may not.
 */
export async function removeMembership(
  deps: KeyDeps,
  actor: Actor,
  { personId, resource }: RemoveRequest,
): Promise<Outcome<{ readonly membership: Membership }>> {
  const { definition } = deps
  const unfit = checkPlace(definition, resource)
  if (unfit !== undefined) return unfit
  return deps.store.transact(async (writes) => {
    const now = deps.clock.now()
    const checked = await checkActor({ definition, reads: writes, now }, actor, undefined)
    if (!checked.ok) return checked
    const membership = await writes.getMembership(personId, resource)
    const isLeaving =
      personActing(checked.actor) === personId &&
      checkOwn(definition, actor, checked.actor) === undefined
    const roles = membership === undefined ? [] : [membership.role]
    const above = isLeaving
      ? undefined
      : checkGiving(definition, checked.actor, { resource, roles })
    if (above !== undefined) return above
    if (membership === undefined) return membershipNotFound()
    const last = await checkLastOwner(writes, membership)
    if (last !== undefined) return last
    await writes.removeMembership(personId, resource)
    await writes.append({
      type: 'membership.removed',
      at: now,
      actor: checked.actor.text,
      keyId: null,
      resource,
      person: spaceOf(personId),
      mode: null,
      data: { person: personId, previous_role: membership.role },
    })
    return { ok: true, membership }
  })
}
