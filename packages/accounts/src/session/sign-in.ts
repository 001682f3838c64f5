import type { AccountAnswer, Visitor } from '@keywright/contract'
import { refused, tooMany } from '../answer/answer.ts'
import { called } from '../auth/call.ts'
import { headersOf } from '../auth/cookies.ts'
import { canonicalAddress } from '../email/address.ts'
import type { Inside } from '../inside.ts'
import { currentOf } from './current.ts'
import { admit } from './start.ts'

/** Signs in with an address and a password. Unknown addresses cost a hash as well, so that time does not tell. */
export async function signIn(
  inside: Inside,
  request: { readonly email: string; readonly password: string },
  visitor: Visitor,
): Promise<AccountAnswer<{ readonly next: 'signed_in' | 'second_factor' }>> {
  const guessed = { address: request.email, network: visitor.network }
  const wait = await inside.attempts.take('password', guessed)
  if (wait !== undefined) return tooMany(wait)
  const email = canonicalAddress(request.email)
  if (email === undefined) return wrong()
  const answer = await called(
    inside,
    inside.auth.api.signInEmail({
      body: { email, password: request.password },
      headers: headersOf(visitor, []),
      returnHeaders: true,
    }),
  )
  if (!answer.ok) return wrong()
  await inside.attempts.succeed('password', guessed)
  const { response, setCookies } = answer
  if ('twoFactorRedirect' in response) {
    const before = await currentOf(inside, visitor)
    if (before !== undefined) await inside.rows.deleteSession(before.token)
    return { ok: true, next: 'second_factor', setCookies }
  }
  const started = { userId: response.user.id, token: response.token, setCookies }
  const admitted = await admit(inside, visitor, started)
  return admitted.ok ? { ...admitted, next: 'signed_in' } : admitted
}

function wrong(): AccountAnswer<never> {
  const detail =
    'The address or the password is wrong, or the address was not confirmed yet: then follow the link of our mail.'
  return refused('invalid_credentials', detail)
}
