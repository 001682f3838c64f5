import type { AccountAnswer, Visitor } from '@keywright/contract'
import { done } from '../answer/answer.ts'
import { setCookie } from '../auth/cookies.ts'
import type { Inside } from '../inside.ts'
import { currentOf } from './current.ts'

/** Ends the session at the server and clears every cookie of accounts here. */
export async function signOut(inside: Inside, visitor: Visitor): Promise<AccountAnswer> {
  const current = await currentOf(inside, visitor)
  if (current !== undefined) await inside.rows.deleteSession(current.token)
  return done([
    setCookie('session', '', 0),
    setCookie('challenge', '', 0),
    setCookie('passkey', '', 0),
    setCookie('provider', '', 0),
  ])
}
