// A person types the code that a device shows. The first to do so owns the decision: nobody else can approve or deny
// it, and a page that was left open somewhere decides nothing (CVE-2026-45337).

import type { KeyDeps } from '../key/deps.ts'
import type { ChangeRefused, Outcome } from '../key/outcome.ts'
import { refused } from '../key/outcome.ts'
import { appendLogin } from '../login/event.ts'
import type { Approver } from '../login/login.ts'
import type { Writes } from '../ports/store.ts'
import type { ApproverNow } from './approver.ts'
import { checkApprover } from './approver.ts'
import { closeDeviceLogin } from './close.ts'
import type { DeviceLogin } from './device-login.ts'
import { MISSES_MAX } from './device-login.ts'
import { claimedByAnother, findWaiting, noUserCode } from './find.ts'
import { readUserCode } from './user-code.ts'

export interface ClaimRequest {
  /** What the person typed. */
  readonly typed: string
  /** The code that a link carried, if one brought them: it does not spare the typing (RFC 8628 section 5.4). */
  readonly linked?: string | undefined
}

/** @returns the login to decide about; claiming again changes nothing */
export async function claimDeviceLogin(
  deps: KeyDeps,
  approver: Approver,
  { typed, linked }: ClaimRequest,
): Promise<Outcome<{ readonly login: DeviceLogin }>> {
  return deps.store.transact(async (writes) => {
    const now = deps.clock.now()
    const checked = await checkApprover(deps, writes, { approver, now })
    if (!checked.ok) return checked
    const found = await findWaiting(deps, writes, { typed: linked ?? typed, now })
    if (found === undefined) return noUserCode()
    const claimed = await claim(writes, found, { checked, now })
    if (!claimed.ok) return claimed
    if (linked === undefined || readUserCode(typed) === readUserCode(linked)) return claimed
    return countMiss(writes, claimed.login, { checked, now })
  })
}

async function claim(
  writes: Writes,
  login: DeviceLogin,
  { checked, now: at }: { readonly checked: ApproverNow; readonly now: number },
): Promise<Outcome<{ readonly login: DeviceLogin }>> {
  const { claimant: by, personId, actor } = checked
  if (login.claimedBy === by) return { ok: true, login }
  if (!(await writes.claimDeviceLogin(login.id, { by, personId, at }))) return claimedByAnother()
  await appendLogin(writes, {
    type: 'login.claimed',
    at,
    actor: actor.text,
    personId,
    login: { ...login, grant: 'device_code' },
  })
  return { ok: true, login: { ...login, claimedBy: by, personId } }
}

async function countMiss(
  writes: Writes,
  login: DeviceLogin,
  by: { readonly checked: ApproverNow; readonly now: number },
): Promise<ChangeRefused> {
  await writes.countDeviceMiss(login.id)
  const left = MISSES_MAX - login.misses - 1
  if (left > 0) {
    const detail = `That is not the code of the link. Type what the device shows; ${left} attempts are left.`
    return refused('user_code_mismatch', detail)
  }
  await closeDeviceLogin(writes, login, { ...by, decision: 'denied' })
  const detail = 'Another code was typed too often, so this login was refused. Start it again.'
  return refused('user_code_ended', detail)
}
