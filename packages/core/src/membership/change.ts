import type { Actor } from '../key/actor.ts'
import { checkActor } from '../key/actor.ts'
import type { KeyDeps } from '../key/deps.ts'
import type { Outcome } from '../key/outcome.ts'
import { spaceOf } from '../person/person.ts'
import type { RoleRequest } from './grant.ts'
import { checkLastOwner, membershipNotFound } from './last-owner.ts'
import type { Membership } from './membership.ts'
import { checkGiving, checkPlace, checkRole } from './rights.ts'

/** Gives another role to somebody who has one. Both must be within the actor's own rights; the last owner stays owner. */
export async function changeMembership(
  deps: KeyDeps,
  actor: Actor,
  request: RoleRequest,
): Promise<Outcome<{ readonly membership: Membership }>> {
  const { definition } = deps
  const { personId, resource, role } = request
  const unfit = checkPlace(definition, resource) ?? checkRole(definition, role)
  if (unfit !== undefined) return unfit
  return deps.store.transact(async (writes) => {
    const now = deps.clock.now()
    const checked = await checkActor({ definition, reads: writes, now }, actor, 'members:write')
    if (!checked.ok) return checked
    const before = await writes.getMembership(personId, resource)
    const roles = before === undefined ? [role] : [before.role, role]
    const above = checkGiving(definition, checked.actor, { resource, roles })
    if (above !== undefined) return above
    if (before === undefined) return membershipNotFound()
    if (before.role === role) return { ok: true, membership: before }
    const last = await checkLastOwner(writes, before)
    if (last !== undefined) return last
    await writes.changeRole(personId, resource, role)
    await writes.append({
      type: 'membership.changed',
      at: now,
      actor: checked.actor.text,
      keyId: null,
      resource,
      person: spaceOf(personId),
      mode: null,
      data: { person: personId, role, previous_role: before.role },
    })
    return { ok: true, membership: { ...before, role } }
  })
}
