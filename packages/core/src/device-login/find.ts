import { digestSecret, pepperDigest } from '@keywright/token'
import type { KeyDeps } from '../key/deps.ts'
import type { ChangeRefused } from '../key/outcome.ts'
import { refused } from '../key/outcome.ts'
import type { Reads } from '../ports/store.ts'
import type { DeviceLogin } from './device-login.ts'
import { readUserCode } from './user-code.ts'

/** The login that waits with a code as somebody typed it; undefined when it is unknown, decided or over. */
export async function findWaiting(
  { pepper }: KeyDeps,
  reads: Reads,
  { typed, now }: { readonly typed: string; readonly now: number },
): Promise<DeviceLogin | undefined> {
  const code = readUserCode(typed)
  if (code === undefined) return undefined
  const login = await reads.findDeviceLogin({ userCode: userCodeDigest(code, pepper) })
  return login?.decision === null && now < login.expiresAt ? login : undefined
}

/** What is stored of a user code in its one form. */
export function userCodeDigest(code: string, pepper: Uint8Array): string {
  return pepperDigest(digestSecret(code), pepper)
}

/** The one answer for a code that is unknown, over or decided. */
export function noUserCode(): ChangeRefused {
  const detail = 'No device waits with this code. Check it, or start the login on the device again.'
  return refused('user_code_not_found', detail)
}

/** The answer to everybody but the first who typed a code. */
export function claimedByAnother(): ChangeRefused {
  const detail = 'Who decides about a code is who typed it first. It was not typed here.'
  return refused('user_code_claimed', detail)
}
