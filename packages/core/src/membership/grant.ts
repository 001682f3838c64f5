import type { Actor, ActorNow } from '../key/actor.ts'
import { checkActor, personNotFound } from '../key/actor.ts'
import type { KeyDeps } from '../key/deps.ts'
import type { ChangeRefused, Outcome } from '../key/outcome.ts'
import { refused } from '../key/outcome.ts'
import { spaceOf } from '../person/person.ts'
import type { Writes } from '../ports/store.ts'
import type { Membership } from './membership.ts'
import { checkGiving, checkPlace, checkRole } from './rights.ts'

/** Roles of one person at most; reading so many takes a few milliseconds. */
const MEMBERSHIPS_MAX = 1000

export interface RoleRequest {
  readonly personId: string
  readonly resource: string
  readonly role: string
}

/** Gives a person a role at a resource where they have none. */
export async function grantMembership(
  deps: KeyDeps,
  actor: Actor,
  request: RoleRequest,
): Promise<Outcome<{ readonly membership: Membership }>> {
  const { definition } = deps
  const { resource, role } = request
  const unfit = checkPlace(definition, resource) ?? checkRole(definition, role)
  if (unfit !== undefined) return unfit
  return deps.store.transact(async (writes) => {
    const now = deps.clock.now()
    const checked = await checkActor({ definition, reads: writes, now }, actor, 'members:write')
    if (!checked.ok) return checked
    const above = checkGiving(definition, checked.actor, { resource, roles: [role] })
    if (above !== undefined) return above
    const taken = await checkFree(writes, request)
    if (taken !== undefined) return taken
    const membership = await writeMembership(writes, request, { actor: checked.actor, now })
    return { ok: true, membership }
  })
}

/** The refusal where there is no such person, or they have a role there already. */
export async function checkFree(
  writes: Writes,
  { personId, resource }: RoleRequest,
): Promise<ChangeRefused | undefined> {
  if ((await writes.getPerson(personId)) === undefined) return personNotFound()
  const before = await writes.getMembership(personId, resource)
  if (before === undefined) return checkFew(writes, personId)
  const detail = `This person is ${before.role} there already. Change the role instead.`
  return refused('membership_exists', detail)
}

/** The refusal where a person has as many roles as there may be: each look-up of them or of a key of theirs reads all. */
export async function checkFew(
  writes: Writes,
  personId: string,
): Promise<ChangeRefused | undefined> {
  const { length } = await writes.listMemberships(personId)
  if (length < MEMBERSHIPS_MAX) return undefined
  const detail = `A person has roles at ${MEMBERSHIPS_MAX} resources at most. Leave some, or give a role higher up.`
  return refused('too_many_memberships', detail)
}

/** Writes a new membership with its event, whoever gave it. */
export async function writeMembership(
  writes: Writes,
  { personId, resource, role }: RoleRequest,
  given: { readonly actor: ActorNow; readonly now: number },
): Promise<Membership> {
  const { actor, now } = given
  const membership = { personId, resource, role, grantedAt: now, grantedBy: actor.text }
  await writes.insertMembership(membership)
  await writes.append({
    type: 'membership.granted',
    at: now,
    actor: actor.text,
    keyId: null,
    resource,
    person: spaceOf(personId),
    mode: null,
    data: { person: personId, role },
  })
  return membership
}
