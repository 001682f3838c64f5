// One-time codes as people type them. RFC 6238 section 5.2: a code that was accepted is not accepted again, so the
// 30 seconds it belongs to are claimed, once, before it is looked at for a sign-in.

import { randomInt } from 'node:crypto'
import { createOTP } from '@better-auth/utils/otp'
import { symmetricDecrypt } from 'better-auth/crypto'
import type { Inside } from '../inside.ts'

const STEP_MS = 30_000
/** A code of the step before and after is right as well: clocks differ, and people are slow. */
const STEPS_AROUND = [-1, 0, 1] as const

const RECOVERY_CODES = 10
/** Base32 of Crockford, which has no letter that looks like a digit: 10 of them are 50 bits. */
const RECOVERY_DIGITS = '0123456789abcdefghjkmnpqrstvwxyz'
const RECOVERY_LENGTH = 10

/** `totp` for six digits, `recovery` for anything that could be a recovery code, in the form it is kept in. */
export function readCode(
  typed: string,
): { readonly type: 'totp' | 'recovery'; readonly code: string } | undefined {
  const code = typed.replaceAll(/[\s\p{Cf}-]+/gu, '').toLowerCase()
  if (/^[0-9]{6}$/.test(code)) return { type: 'totp', code }
  if (!/^[0-9a-z]{10}$/.test(code)) return undefined
  return { type: 'recovery', code: withHyphen(code) }
}

export function newRecoveryCodes(): string[] {
  return Array.from({ length: RECOVERY_CODES }, () =>
    withHyphen(
      Array.from({ length: RECOVERY_LENGTH }, () =>
        RECOVERY_DIGITS.charAt(randomInt(RECOVERY_DIGITS.length)),
      ).join(''),
    ),
  )
}

/**
 * Takes a code of an authenticator app for its one use.
 * @returns `used` when somebody was first, `wrong` when it is none of this account now
 */
export async function claimTotp(
  inside: Inside,
  userId: string,
  code: string,
): Promise<'claimed' | 'used' | 'wrong'> {
  const row = await inside.db
    .selectFrom('account_totp')
    .select('secret')
    .where('user_id', '=', userId)
    .executeTakeFirst()
  if (row === undefined) return 'wrong'
  const secret = await symmetricDecrypt({ key: inside.sealing, data: row.secret })
  const step = await stepOf(secret, code, Math.floor(inside.deps.clock.now() / STEP_MS))
  if (step === undefined) return 'wrong'
  const { numUpdatedRows } = await inside.db
    .updateTable('account_totp')
    .set({ last_step: step })
    .where('user_id', '=', userId)
    .where((where) => where.or([where('last_step', 'is', null), where('last_step', '<', step)]))
    .executeTakeFirst()
  return numUpdatedRows > 0n ? 'claimed' : 'used'
}

async function stepOf(secret: string, code: string, now: number): Promise<number | undefined> {
  let found: number | undefined
  for (const around of STEPS_AROUND) {
    const step = now + around
    if ((await createOTP(secret).hotp(step)) === code) found = step
  }
  return found
}

function withHyphen(code: string): string {
  return `${code.slice(0, RECOVERY_LENGTH / 2)}-${code.slice(RECOVERY_LENGTH / 2)}`
}
