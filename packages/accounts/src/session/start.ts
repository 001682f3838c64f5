// The end of every way to sign in, and the new beginning after a change of credentials.

import type { AccountAnswer, Visitor } from '@keywright/contract'
import { refused } from '../answer/answer.ts'
import { called } from '../auth/call.ts'
import { headersOf, setCookie } from '../auth/cookies.ts'
import type { Inside } from '../inside.ts'
import { forgetOneTime } from '../one-time/forget.ts'
import { personOf } from '../person/of-user.ts'
import { currentOf } from './current.ts'

/** A session that an endpoint has just made. */
export interface Started {
  readonly userId: string
  readonly token: string
  readonly setCookies: readonly string[]
}

/** Lets somebody in whose session was just made, unless the person is disabled. What was signed in here before ends. */
export async function admit(
  inside: Inside,
  visitor: Visitor,
  started: Started,
): Promise<AccountAnswer> {
  const user = await inside.rows.findUserById(started.userId)
  const person = user === null ? undefined : await personOf(inside, user)
  if (person === undefined || person.isBlocked) {
    await inside.rows.deleteSession(started.token)
    const detail = 'This account is disabled. Ask whoever runs the service.'
    return refused('account_disabled', detail, [setCookie('session', '', 0)])
  }
  const before = await currentOf(inside, visitor)
  if (before !== undefined) await inside.rows.deleteSession(before.token)
  return { ok: true, setCookies: started.setCookies }
}

/** Signs an account in that has proved itself in a way of ours. */
export async function startSession(
  inside: Inside,
  visitor: Visitor,
  userId: string,
): Promise<Started> {
  const answer = await called(
    inside,
    inside.auth.api.startSession({
      body: { userId },
      headers: headersOf(visitor, []),
      returnHeaders: true,
    }),
  )
  if (!answer.ok) throw new Error('An account is gone while somebody signs in to it.')
  return { ...answer.response, setCookies: answer.setCookies }
}

/**
 * Ends every session of an account and begins this one anew, after a change of credentials (ASVS 7.4.3). Links of mails
 * and half-done sign-ins rest on the old ones, so they end too.
 */
export async function renewSession(
  inside: Inside,
  visitor: Visitor,
  userId: string,
): Promise<readonly string[]> {
  await inside.rows.deleteUserSessions(userId)
  await forgetOneTime(inside, userId)
  return (await startSession(inside, visitor, userId)).setCookies
}
