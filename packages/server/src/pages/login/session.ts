// Who decides about a login: somebody who is signed in, and for devices since a few minutes at most.

import type { Session } from '@keywright/contract'
import { FRESH_SECONDS } from '@keywright/core'
import { seeOther } from '../page.ts'
import type { Visit } from '../visit.ts'

/** Answers for who is signed in; anybody else is sent to sign in and back to `returnTo`. */
export async function withSignedIn(
  visit: Visit,
  returnTo: string,
  answer: (session: Session) => unknown,
): Promise<unknown> {
  const session = await visit.site.accounts.sessionOf(visit.visitor)
  return session === undefined ? seeOther(visit, signInPath(visit, returnTo)) : answer(session)
}

/** The same for who signed in lately; anybody else shows once more that it is them. */
export function withFreshSignIn(
  visit: Visit,
  returnTo: string,
  answer: (session: Session) => unknown,
): Promise<unknown> {
  return withSignedIn(visit, returnTo, (session) => {
    const age = visit.site.door.clock.now() - session.authenticatedAt
    if (age <= FRESH_SECONDS * 1000) return answer(session)
    return seeOther(visit, `${signInPath(visit, returnTo)}&again=yes`)
  })
}

function signInPath({ site }: Visit, returnTo: string): string {
  const query = new URLSearchParams({ return_to: returnTo }).toString()
  return `${site.path('/sign-in')}?${query}`
}

/** The account that a decision is made for, so that nobody decides with another one by mistake. */
export function accountOf({ name, email }: Session): string {
  return email === null ? name : `${name} (${email})`
}
