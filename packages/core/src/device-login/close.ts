import type { ChangeRefused } from '../key/outcome.ts'
import { refused } from '../key/outcome.ts'
import { nothingToGive } from '../login/approve.ts'
import { appendLogin } from '../login/event.ts'
import type { Writes } from '../ports/store.ts'
import type { ApproverNow } from './approver.ts'
import type { DeviceLogin } from './device-login.ts'

/** Writes a decision, once; what is approved is cut to what the approver has. */
export async function closeDeviceLogin(
  writes: Writes,
  login: DeviceLogin,
  by: {
    readonly checked: ApproverNow
    readonly now: number
    readonly decision: 'approved' | 'denied'
  },
): Promise<{ readonly ok: true; readonly login: DeviceLogin } | ChangeRefused> {
  const { checked, now: at, decision } = by
  const { actor, personId } = checked
  const held = actor.principal?.scopes ?? []
  const scopes = login.scopes.filter((scope) => held.includes(scope))
  if (decision === 'approved' && scopes.length === 0) return nothingToGive()
  const decided = { decision, by: actor.text, scopes, at }
  if (!(await writes.decideDeviceLogin(login.id, decided))) {
    return refused('user_code_ended', 'This login was decided or has expired meanwhile.')
  }
  await appendLogin(writes, {
    type: decision === 'approved' ? 'login.approved' : 'login.denied',
    at,
    actor: actor.text,
    personId,
    login: { ...login, grant: 'device_code' },
  })
  return { ok: true, login: { ...login, decision, decidedBy: actor.text, scopes } }
}
