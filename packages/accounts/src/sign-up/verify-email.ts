// The link of a sign-up mail shows that somebody reads the mail, not that they asked for the account: anybody can sign
// up with anybody's address, and wait for its owner to press the button. So the password of the sign-up is asked for,
// and who knows both is signed in.

import type { AccountAnswer, Visitor } from '@keywright/contract'
import { refused, tooMany } from '../answer/answer.ts'
import type { Inside } from '../inside.ts'
import { newId } from '../inside.ts'
import { takeOnce } from '../one-time/take.ts'
import { insertUser } from '../person/insert-user.ts'
import { enterAs, OWN_ISSUER } from '../person/of-user.ts'
import { admit, startSession } from '../session/start.ts'
import type { PendingSignUp } from './sign-up.ts'
import { signUpIdentifier } from './sign-up.ts'

/** Makes the account of a link. The link works once, also when it is followed twice at the same time. */
export async function verifyEmail(
  inside: Inside,
  request: { readonly token: string; readonly password: string },
  visitor: Visitor,
): Promise<AccountAnswer<{ readonly returnTo: string | undefined }>> {
  const identifier = signUpIdentifier(request.token.trim())
  const waiting = await inside.rows.findVerificationValue(identifier)
  if (waiting === null) return gone()
  const { name, email, passwordHash, returnTo } = JSON.parse(waiting.value) as PendingSignUp
  const guessed = { address: email, network: visitor.network }
  const wait = await inside.attempts.take('password', guessed)
  if (wait !== undefined) return tooMany(wait)
  const { password } = request
  if (!(await inside.passwords.verify({ hash: passwordHash, password }))) return notTheirs()
  await inside.attempts.succeed('password', guessed)
  if ((await takeOnce(inside, identifier)) === undefined) return gone()
  // Another link of the same address may have been faster: the account is that one's.
  const id = newId(inside)
  if (!(await insertUser(inside, { id, name, email, passwordHash }))) return gone()
  const person = { name, email, isEmailVerified: true }
  await enterAs(inside, id, { issuer: OWN_ISSUER, subject: id, ...person })
  const admitted = await admit(inside, visitor, await startSession(inside, visitor, id))
  return admitted.ok ? { ...admitted, returnTo } : admitted
}

function notTheirs(): AccountAnswer<never> {
  const detail =
    'This is not the password that this link was asked for with. If you did not sign up yourself, close this page; else sign up once more.'
  return refused('invalid_credentials', detail)
}

function gone(): AccountAnswer<never> {
  const detail = 'The link was used or has expired. If you cannot sign in, sign up again.'
  return refused('invalid_link', detail)
}
