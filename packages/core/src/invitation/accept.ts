// Accepting takes the token, a person whose verified address is the invited one, and an inviter who could still give
// the role: an invitation is never a way around a demotion. It is consumed by one conditional update, so of many who
// try at once one succeeds.

import { digestSecret, pepperDigest } from '@keywright/token'
import type { Actor, ActorNow } from '../key/actor.ts'
import { actorOf, checkActor, personNotFound } from '../key/actor.ts'
import type { KeyDeps } from '../key/deps.ts'
import type { ChangeRefused, Outcome } from '../key/outcome.ts'
import { refused } from '../key/outcome.ts'
import { checkFree, writeMembership } from '../membership/grant.ts'
import type { Membership } from '../membership/membership.ts'
import { checkOwn, personActing } from '../membership/own.ts'
import { checkGiving } from '../membership/rights.ts'
import { isSameEmail } from '../person/email.ts'
import type { Person } from '../person/person.ts'
import { spaceOf } from '../person/person.ts'
import type { Writes } from '../ports/store.ts'
import type { Invitation } from './invitation.ts'

export interface AcceptRequest {
  readonly token: string
  /** Who accepts, where the product says so on a person's behalf. */
  readonly personId?: string | undefined
}

/** Takes an offered role. Only the person themself does (see membership/own.ts), or the product for them. */
export async function acceptInvitation(
  deps: KeyDeps,
  actor: Actor,
  request: AcceptRequest,
): Promise<Outcome<{ readonly membership: Membership }>> {
  const digest = pepperDigest(digestSecret(request.token), deps.pepper)
  return deps.store.transact(async (writes) => {
    const now = deps.clock.now()
    const check = { definition: deps.definition, reads: writes, now }
    const checked = await checkActor(check, actor, undefined)
    if (!checked.ok) return checked
    const personId = accepterOf(checked.actor, request.personId)
    const person = personId === undefined ? undefined : await writes.getPerson(personId)
    if (personId === undefined || person === undefined) return personNotFound()
    const lacking = checkOwn(deps.definition, actor, checked.actor)
    if (lacking !== undefined) return lacking
    const invitation = await writes.findInvitation(digest)
    if (invitation === undefined) return invitationNotFound()
    const { id, resource, role } = invitation
    const offered = { personId, resource, role }
    const unfit =
      checkAddress(person, invitation) ??
      checkStill(invitation, now) ??
      (await checkInviter(deps, writes, { invitation, now })) ??
      (await checkFree(writes, offered))
    if (unfit !== undefined) return unfit
    if (!(await writes.acceptInvitation(id, personId, now))) return invitationEnded('was accepted')
    const membership = await writeMembership(writes, offered, { actor: checked.actor, now })
    await writes.append({
      type: 'invitation.accepted',
      at: now,
      actor: checked.actor.text,
      keyId: null,
      resource,
      person: spaceOf(personId),
      mode: null,
      data: { invitation: id, person: personId },
    })
    return { ok: true, membership }
  })
}

function accepterOf(actor: ActorNow, named: string | undefined): string | undefined {
  if (actor.principal === null) return named
  const own = personActing(actor)
  return named === undefined || named === own ? own : undefined
}

function checkAddress(person: Person, { email }: Invitation): ChangeRefused | undefined {
  const { email: own, isEmailVerified } = person
  if (own !== null && isEmailVerified && isSameEmail(own, email)) return undefined
  const detail = 'This invitation is for another address, or yours is not verified yet.'
  return refused('invitation_for_another', detail)
}

function checkStill(invitation: Invitation, now: number): ChangeRefused | undefined {
  const { acceptedAt, revokedAt, expiresAt } = invitation
  if (acceptedAt === null && revokedAt === null && now < expiresAt) return undefined
  if (acceptedAt !== null) return invitationEnded('was accepted')
  return invitationEnded(revokedAt === null ? 'expired' : 'was revoked')
}

function invitationEnded(why: string): ChangeRefused {
  return refused('invitation_ended', `This invitation ${why}. Ask for a new one.`)
}

async function checkInviter(
  { definition }: KeyDeps,
  writes: Writes,
  { invitation, now }: { invitation: Invitation; now: number },
): Promise<ChangeRefused | undefined> {
  const { createdBy, resource, role } = invitation
  const check = { definition, reads: writes, now }
  const inviter = await checkActor(check, actorOf(createdBy), 'members:write')
  const giving = { resource, roles: [role] }
  if (inviter.ok && checkGiving(definition, inviter.actor, giving) === undefined) return undefined
  const detail = 'Who sent this invitation may not give that role any more. Ask for a new one.'
  return refused('invitation_ended', detail)
}

/** The one answer for an invitation that is absent and for one the actor has nothing to do with. */
export function invitationNotFound(): ChangeRefused {
  return refused('invitation_not_found', 'No such invitation. Check that it was copied whole.')
}
