import type { AccountAnswer, Visitor } from '@keywright/contract'
import { done, refused, tooMany } from '../answer/answer.ts'
import { canonicalAddress } from '../email/address.ts'
import type { Inside } from '../inside.ts'
import { newToken } from '../inside.ts'
import { RESET_MS } from '../life.ts'
import { forgetOneTime } from '../one-time/forget.ts'
import { takeOnce } from '../one-time/take.ts'
import { passwordChanged, resetPassword as resetLetter } from '../mail/letters.ts'
import { checkPassword } from './check.ts'

/** What is kept for an address that nobody has, so that it takes the same steps. */
const NOBODY = ''

function identifierOf(token: string): string {
  return `reset-password:${token}`
}

/** Sends a link to a known address. The answer, and how long it takes, is the same for others. */
export async function requestPasswordReset(
  inside: Inside,
  request: { readonly email: string },
  visitor: Visitor,
): Promise<AccountAnswer> {
  const email = canonicalAddress(request.email)
  if (email === undefined) return refused('invalid_email', 'That is no e-mail address.')
  const wait = await inside.attempts.take('mail', { address: email, network: visitor.network })
  if (wait !== undefined) return tooMany(wait)
  const found = await inside.rows.findUserByEmail(email)
  const token = newToken(inside)
  await inside.rows.createVerificationValue({
    identifier: identifierOf(token),
    value: found?.user.id ?? NOBODY,
    expiresAt: new Date(inside.deps.clock.now() + RESET_MS),
  })
  if (found !== null) inside.post(resetLetter(inside.deps, email, token))
  return done()
}

/** Sets the password by a link, ends every session, and makes other links and half-done sign-ins worthless. */
export async function resetPassword(
  inside: Inside,
  request: { readonly token: string; readonly password: string },
  _visitor: Visitor,
): Promise<AccountAnswer> {
  const { password } = request
  const unfit = checkPassword(password, [inside.deps.product])
  // A link is not used up by a password that is refused.
  if (unfit !== undefined) return unfit
  const userId = await takeOnce(inside, identifierOf(request.token.trim()))
  const user = userId === undefined ? null : await inside.rows.findUserById(userId)
  if (user === null) {
    return refused('invalid_link', 'The link was used or has expired. Ask for another mail.')
  }
  await inside.rows.updatePassword(user.id, await inside.passwords.hash(password))
  await inside.rows.deleteUserSessions(user.id)
  await forgetOneTime(inside, user.id)
  await inside.attempts.clear('password', user.email)
  await inside.attempts.clear('code', user.id)
  inside.post(passwordChanged(inside.deps, user.email))
  return done()
}
