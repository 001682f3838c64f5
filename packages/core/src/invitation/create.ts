// An invitation is a role that waits for the owner of an e-mail address. Its token is shown once and stored as a
// digest under the pepper, like the secrets of keys; it is no credential and opens nothing else.

import type { Actor } from '../key/actor.ts'
import { checkActor } from '../key/actor.ts'
import { endAfter } from '../key/check-expiry.ts'
import type { KeyDeps } from '../key/deps.ts'
import { newId } from '../key/id.ts'
import type { ChangeRefused, Outcome } from '../key/outcome.ts'
import { refused } from '../key/outcome.ts'
import { checkGiving, checkPlace, checkRole } from '../membership/rights.ts'
import { isEmail } from '../person/email.ts'
import { issueSecret } from '../secret/issue.ts'
import type { Invitation } from './invitation.ts'

/** How a token begins. */
const TOKEN_HEAD = 'invitation'
const DEFAULT_SECONDS = 7 * 86_400
/** The longest life of an invitation: thirty days. */
export const INVITATION_MAX_SECONDS = 30 * 86_400

export interface InviteRequest {
  readonly resource: string
  readonly role: string
  readonly email: string
  /** Default seven days, at most thirty. */
  readonly expiresInSeconds?: number | undefined
}

/** `token` is shown here only: it belongs in the message to the address and nowhere else. */
export interface Invited {
  readonly invitation: Invitation
  readonly token: string
}

/** Offers a role; whoever may grant it may offer it. */
export async function createInvitation(
  deps: KeyDeps,
  actor: Actor,
  request: InviteRequest,
): Promise<Outcome<Invited>> {
  const { definition } = deps
  const { resource, role, email } = request
  const lifeSeconds = request.expiresInSeconds ?? DEFAULT_SECONDS
  const unfit =
    checkPlace(definition, resource) ??
    checkRole(definition, role) ??
    checkOffer({ email, lifeSeconds })
  if (unfit !== undefined) return unfit
  return deps.store.transact(async (writes) => {
    const now = deps.clock.now()
    const checked = await checkActor({ definition, reads: writes, now }, actor, 'members:write')
    if (!checked.ok) return checked
    const above = checkGiving(definition, checked.actor, { resource, roles: [role] })
    if (above !== undefined) return above
    const token = issueSecret(TOKEN_HEAD, deps.random, deps.pepper)
    const invitation = {
      id: newId('inv', now, deps.random),
      resource,
      role,
      email,
      createdAt: now,
      createdBy: checked.actor.text,
      expiresAt: endAfter(now, lifeSeconds),
      acceptedAt: null,
      acceptedBy: null,
      revokedAt: null,
    }
    await writes.insertInvitation(invitation, token.digest)
    await writes.append({
      type: 'invitation.created',
      at: now,
      actor: checked.actor.text,
      keyId: null,
      resource,
      mode: null,
      data: { invitation: invitation.id, role },
    })
    return { ok: true, invitation, token: token.plaintext }
  })
}

function checkOffer(offer: { email: string; lifeSeconds: number }): ChangeRefused | undefined {
  const { email, lifeSeconds } = offer
  if (!isEmail(email)) return refused('invalid_email', 'That is no e-mail address.')
  const isFitting =
    Number.isSafeInteger(lifeSeconds) && lifeSeconds >= 1 && lifeSeconds <= INVITATION_MAX_SECONDS
  if (isFitting) return undefined
  const detail = `An invitation lives a whole number of seconds from 1 to ${INVITATION_MAX_SECONDS}.`
  return refused('invalid_lifetime', detail)
}
