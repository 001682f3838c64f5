import type { Actor } from '../key/actor.ts'
import { checkActor } from '../key/actor.ts'
import type { KeyDeps } from '../key/deps.ts'
import type { Outcome } from '../key/outcome.ts'
import { checkPlace, checkThere } from '../membership/rights.ts'
import type { Invitation } from './invitation.ts'

/** So many at most; a resource with more open invitations shows its newest. */
const LISTED_MAX = 100

/** The invitations to exactly this resource that are neither accepted nor revoked, newest first. */
export async function listInvitations(
  deps: KeyDeps,
  actor: Actor,
  resource: string,
): Promise<Outcome<{ readonly invitations: readonly Invitation[] }>> {
  const { definition, clock } = deps
  const { reads } = deps.store
  const unfit = checkPlace(definition, resource)
  if (unfit !== undefined) return unfit
  const check = { definition, reads, now: clock.now() }
  const checked = await checkActor(check, actor, 'members:read')
  if (!checked.ok) return checked
  const hidden = checkThere(checked.actor, { scope: 'members:read', resource })
  if (hidden !== undefined) return hidden
  return { ok: true, invitations: await reads.listInvitations(resource, LISTED_MAX) }
}
