import type { AccountAnswer, Visitor } from '@keywright/contract'
import { refused } from '../answer/answer.ts'
import type { Inside } from '../inside.ts'
import { newId } from '../inside.ts'
import { takeOnce } from '../one-time/take.ts'
import { insertUser } from '../person/insert-user.ts'
import { enterAs, OWN_ISSUER } from '../person/of-user.ts'
import type { PendingSignUp } from './sign-up.ts'
import { signUpIdentifier } from './sign-up.ts'

/** Makes the account of a link. The link works once, also when it is followed twice at the same time. */
export async function verifyEmail(
  inside: Inside,
  request: { readonly token: string },
  _visitor: Visitor,
): Promise<AccountAnswer<{ readonly email: string; readonly returnTo: string | undefined }>> {
  const identifier = signUpIdentifier(request.token.trim())
  const kept = await takeOnce(inside, identifier)
  if (kept === undefined) return gone()
  // Another link of the same address may have been faster: the account is that one's.
  const { name, email, passwordHash, returnTo } = JSON.parse(kept) as PendingSignUp
  const id = newId(inside)
  if (!(await insertUser(inside, { id, name, email, passwordHash }))) return gone()
  const person = { name, email, isEmailVerified: true }
  await enterAs(inside, id, { issuer: OWN_ISSUER, subject: id, ...person })
  return { ok: true, email, returnTo, setCookies: [] }
}

function gone(): AccountAnswer<never> {
  const detail = 'The link was used or has expired. If you cannot sign in, sign up again.'
  return refused('invalid_link', detail)
}
