import type { AccountAnswer, Visitor } from '@keywright/contract'
import { refused, tooMany } from '../answer/answer.ts'
import { called } from '../auth/call.ts'
import { headersOf } from '../auth/cookies.ts'
import type { Inside } from '../inside.ts'
import { claimTotp, readCode } from '../totp/code.ts'
import { admit } from './start.ts'

/** Finishes a sign-in with a code. Each works once (ASVS 6.5.1). */
export async function secondFactor(
  inside: Inside,
  request: { readonly code: string },
  visitor: Visitor,
): Promise<AccountAnswer> {
  const headers = headersOf(visitor, ['challenge'])
  const challenged = await inside.auth.api.challengedUser({ headers })
  if (challenged === null) return overdue()
  const { userId } = challenged
  const guessed = { address: userId, network: visitor.network }
  const wait = await inside.attempts.take('code', guessed)
  if (wait !== undefined) return tooMany(wait)
  const read = readCode(request.code)
  if (read === undefined) return wrong()
  const { type, code } = read
  if (type === 'totp' && (await claimTotp(inside, userId, code)) !== 'claimed') return wrong()
  const call = { body: { code }, headers, returnHeaders: true } as const
  const answer =
    type === 'totp'
      ? await called(inside, inside.auth.api.verifyTOTP(call))
      : await called(inside, inside.auth.api.verifyBackupCode(call))
  if (!answer.ok) return wrong()
  await inside.attempts.succeed('code', guessed)
  const { token } = answer.response
  if (token === undefined) throw new Error('A second factor was accepted without a session.')
  return admit(inside, visitor, { userId, token, setCookies: answer.setCookies })
}

function wrong(): AccountAnswer {
  const detail =
    'The code is wrong or was used before. Wait for the next one, or use a recovery code.'
  return refused('invalid_code', detail)
}

function overdue(): AccountAnswer {
  return refused('invalid_code', 'The sign-in took too long. Begin again with your password.')
}
