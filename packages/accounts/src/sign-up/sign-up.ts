// An account is made by the link of its mail, not by the form: until then nobody has proved the address. The password
// travels with the link, hashed, and is asked for there, so whoever asks for somebody else's address has chosen nothing
// for them.

import type { AccountAnswer, SignUpRequest, Visitor } from '@keywright/contract'
import { done, refused, tooMany } from '../answer/answer.ts'
import { canonicalAddress } from '../email/address.ts'
import type { Inside } from '../inside.ts'
import { newToken } from '../inside.ts'
import { SIGN_UP_MS } from '../life.ts'
import { alreadyHere, confirmAddress } from '../mail/letters.ts'
import { checkPassword } from '../password/check.ts'
import { checkName } from '../person/name.ts'
import { ownPath } from './own-path.ts'

/** What waits for its link. */
export interface PendingSignUp {
  readonly name: string
  readonly email: string
  readonly passwordHash: string
  readonly returnTo?: string | undefined
}

export function signUpIdentifier(token: string): string {
  return `sign-up:${token}`
}

/** Asks for an account. Known and unknown addresses take the same steps and get the same answer. */
export async function signUp(
  inside: Inside,
  request: SignUpRequest,
  visitor: Visitor,
): Promise<AccountAnswer> {
  const name = request.name.trim()
  const email = canonicalAddress(request.email)
  if (email === undefined) return refused('invalid_email', 'That is no e-mail address.')
  const { product } = inside.deps
  const unfit = checkName(name) ?? checkPassword(request.password, [email, name, product])
  if (unfit !== undefined) return unfit
  const wait = await inside.attempts.take('mail', { address: email, network: visitor.network })
  if (wait !== undefined) return tooMany(wait)
  const passwordHash = await inside.passwords.hash(request.password)
  const returnTo = ownPath(request.returnTo, inside.origin)
  const pending: PendingSignUp = { name, email, passwordHash, returnTo }
  const token = newToken(inside)
  await inside.rows.createVerificationValue({
    identifier: signUpIdentifier(token),
    value: JSON.stringify(pending),
    expiresAt: new Date(inside.deps.clock.now() + SIGN_UP_MS),
  })
  const isKnown = (await inside.rows.findUserByEmail(email)) !== null
  const letter = isKnown
    ? alreadyHere(inside.deps, email)
    : confirmAddress(inside.deps, email, token)
  inside.post(letter)
  return done()
}
