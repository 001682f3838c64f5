// Who decides about device logins: a person who is signed in at a browser, or a key of theirs that could mint such a
// key itself. What a key approves becomes its child, like all that it mints: it is never wider, and ends with it.

import type { Actor, ActorNow } from '../key/actor.ts'
import { checkActor, isMinter } from '../key/actor.ts'
import type { KeyDeps } from '../key/deps.ts'
import type { ChangeRefused } from '../key/outcome.ts'
import { refused } from '../key/outcome.ts'
import { scopesAt } from '../decide/reach.ts'
import { standingOf } from '../decide/standing.ts'
import type { Approver } from '../login/login.ts'
import { kindOf } from '../login/scopes.ts'
import { forbiddingOrganization } from '../organization/device-login.ts'
import { personIdOf } from '../person/person.ts'
import type { Reads } from '../ports/store.ts'
import { FRESH_SECONDS } from './device-login.ts'
import { noUserCode } from './find.ts'

/** An approver whose standing was checked just now, in the same transaction. */
export interface ApproverNow {
  readonly ok: true
  readonly actor: ActorNow
  readonly personId: string
  /** As a claim is written. */
  readonly claimant: string
}

/** Checks who wants to decide, and that their organizations let them. */
export async function checkApprover(
  { definition }: KeyDeps,
  reads: Reads,
  { approver, now }: { readonly approver: Approver; readonly now: number },
): Promise<ApproverNow | ChangeRefused> {
  const { login } = definition
  if (login === undefined || !login.hasDevice) return noUserCode()
  const actor =
    approver.type === 'key'
      ? approver.actor
      : ({ type: 'person', personId: approver.personId } as const)
  const checked = await checkActor({ definition, reads, now }, actor, 'keys:write')
  if (!checked.ok) return checked
  const passing = approver.type === 'key' ? await refusePassing(reads, approver.actor) : undefined
  if (passing !== undefined) return passing
  const { principal } = checked.actor
  const space = principal?.reach?.holder
  if (principal === null || space === undefined) {
    return refused('kind_not_mintable', 'Only a person, or a key of theirs, approves a login.')
  }
  if (!isMinter(kindOf(definition, login.kind), principal)) {
    const detail = `Keys of kind ${principal.kind} may not mint keys of kind ${login.kind}, so they approve no login. Use the browser.`
    return refused('kind_not_mintable', detail)
  }
  if (!scopesAt(principal, space).includes('keys:write')) {
    const detail = `This key is bound to ${principal.resource}, and a login is for all of its person. Use the browser.`
    return refused('exceeds_parent', detail)
  }
  const personId = personIdOf(space)
  const forbidding = await forbiddingOrganization(reads, personId)
  if (forbidding !== undefined) return deviceLoginForbidden(forbidding)
  const claimant = approver.type === 'key' ? checked.actor.text : `session:${approver.sessionId}`
  return { ok: true, actor: checked.actor, personId, claimant }
}

// The device's key is made later, by the key and not by the secret that approved: one in the overlap of a rotation would
// give what outlives it.
async function refusePassing(
  reads: Reads,
  { keyId, endsAt = null }: Actor & { readonly type: 'key' },
): Promise<ChangeRefused | undefined> {
  const { snapshot } = await reads.findById(keyId)
  if (endsAt === null || snapshot === undefined) return undefined
  const keyEndsAt = standingOf(snapshot).endsAtSeconds * 1000
  if (keyEndsAt !== 0 && keyEndsAt <= endsAt) return undefined
  const detail = "This secret was replaced and ends before its key. Approve with the key's new one."
  return refused('exceeds_parent', detail)
}

/** Whether who approves proved lately who they are; a key stands for its person until it is revoked. */
export function checkFresh(approver: Approver, now: number): ChangeRefused | undefined {
  if (approver.type === 'key' || now - approver.authenticatedAt <= FRESH_SECONDS * 1000) {
    return undefined
  }
  const detail = 'You signed in a while ago. Sign in again to approve a device.'
  return refused('reauthentication_needed', detail)
}

/** The refusal of people whose organization does without device logins. */
function deviceLoginForbidden(organization: string): ChangeRefused {
  const detail = `${organization} has switched device logins off for its people. Log in with a browser on the device itself.`
  return refused('device_login_forbidden', detail)
}
