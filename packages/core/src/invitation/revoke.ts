import type { Actor } from '../key/actor.ts'
import { checkActor } from '../key/actor.ts'
import type { KeyDeps } from '../key/deps.ts'
import type { Outcome } from '../key/outcome.ts'
import { refused } from '../key/outcome.ts'
import { checkGiving } from '../membership/rights.ts'
import { invitationNotFound } from './accept.ts'
import type { Invitation } from './invitation.ts'

/** Takes an offer back. Revoking again changes nothing and is no error; an accepted one is a membership by now. */
export async function revokeInvitation(
  deps: KeyDeps,
  actor: Actor,
  id: string,
): Promise<Outcome<{ readonly invitation: Invitation }>> {
  const { definition } = deps
  return deps.store.transact(async (writes) => {
    const now = deps.clock.now()
    const checked = await checkActor({ definition, reads: writes, now }, actor, 'members:write')
    if (!checked.ok) return checked
    const invitation = await writes.getInvitation(id)
    if (invitation === undefined) return invitationNotFound()
    const { resource, role } = invitation
    const above = checkGiving(definition, checked.actor, { resource, roles: [role] })
    if (above !== undefined) return above.code === 'outside_resource' ? invitationNotFound() : above
    if (invitation.acceptedAt !== null) {
      return refused('invitation_ended', 'It was accepted. Remove the membership instead.')
    }
    if (!(await writes.revokeInvitation(id, now))) return { ok: true, invitation }
    await writes.append({
      type: 'invitation.revoked',
      at: now,
      actor: checked.actor.text,
      keyId: null,
      resource,
      mode: null,
      data: { invitation: id },
    })
    return { ok: true, invitation: { ...invitation, revokedAt: now } }
  })
}
