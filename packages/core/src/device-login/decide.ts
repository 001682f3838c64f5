import type { KeyDeps } from '../key/deps.ts'
import type { Outcome } from '../key/outcome.ts'
import type { Approver } from '../login/login.ts'
import { checkApprover, checkFresh } from './approver.ts'
import { closeDeviceLogin } from './close.ts'
import type { DeviceLogin } from './device-login.ts'
import { claimedByAnother, findWaiting, noUserCode } from './find.ts'

export interface DecideRequest {
  readonly userCode: string
  readonly decision: 'approved' | 'denied'
}

/** Approves or denies a device login; only who claimed it does, and approving takes a sign-in of the last minutes. */
export async function decideDeviceLogin(
  deps: KeyDeps,
  approver: Approver,
  { userCode, decision }: DecideRequest,
): Promise<Outcome<{ readonly login: DeviceLogin }>> {
  return deps.store.transact(async (writes) => {
    const now = deps.clock.now()
    const checked = await checkApprover(deps, writes, { approver, now })
    if (!checked.ok) return checked
    const login = await findWaiting(deps, writes, { typed: userCode, now })
    if (login === undefined) return noUserCode()
    if (login.claimedBy !== checked.claimant) return claimedByAnother()
    const stale = decision === 'approved' ? checkFresh(approver, now) : undefined
    if (stale !== undefined) return stale
    return closeDeviceLogin(writes, login, { checked, now, decision })
  })
}
