import { scopesAt } from '../decide/reach.ts'
import type { Actor } from '../key/actor.ts'
import { checkActor, personNotFound } from '../key/actor.ts'
import type { KeyDeps } from '../key/deps.ts'
import type { Outcome } from '../key/outcome.ts'
import { spaceOf } from '../person/person.ts'
import type { Member, Membership } from './membership.ts'
import type { PlaceListRequest } from './open-list.ts'
import { openList } from './open-list.ts'

/** `after` is the id of a person. */
export type ListMembersRequest = PlaceListRequest

/** Who has which role at exactly this resource. */
export async function listMembers(
  deps: KeyDeps,
  actor: Actor,
  request: ListMembersRequest,
): Promise<Outcome<{ readonly members: readonly Member[]; readonly next: string | null }>> {
  const opened = await openList(deps, actor, request)
  if (!opened.ok) return opened
  const { limit } = opened
  const { resource, after } = request
  const page = { resource, limit: limit + 1, ...(after === undefined ? {} : { after }) }
  const rows = await deps.store.reads.listMembers(page)
  const members = rows.slice(0, limit)
  const next = rows.length > limit ? (members.at(-1)?.personId ?? null) : null
  return { ok: true, members, next }
}

/** All roles of one person, for the product or the person themself. */
export async function listMemberships(
  deps: KeyDeps,
  actor: Actor,
  personId: string,
): Promise<Outcome<{ readonly memberships: readonly Membership[] }>> {
  const { definition, clock } = deps
  const { reads } = deps.store
  const check = { definition, reads, now: clock.now() }
  const checked = await checkActor(check, actor, 'members:read')
  if (!checked.ok) return checked
  const { principal } = checked.actor
  const isTheirs =
    principal === null || scopesAt(principal, spaceOf(personId)).includes('members:read')
  if (!isTheirs || (await reads.getPerson(personId)) === undefined) return personNotFound()
  return { ok: true, memberships: await reads.listMemberships(personId) }
}
