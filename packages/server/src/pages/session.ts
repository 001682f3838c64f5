// Pages for somebody who is signed in, and the way to sign in and back.

import type { AccountRefused, Session } from '@keywright/contract'
import { ownPathOr } from './own-path.ts'
import { seeOther } from './page.ts'
import type { Site } from './site.ts'
import type { Visit } from './visit.ts'

/** The name of the field and parameter that says where to go after signing in. */
export const RETURN_TO = 'return_to'

/** An address with where to go afterwards. */
export function withReturnTo(path: string, returnTo: string | undefined): string {
  if (returnTo === undefined) return path
  return `${path}?${new URLSearchParams({ [RETURN_TO]: returnTo }).toString()}`
}

/** Where somebody who is signed in shows once more that it is them. */
export function signInAgainPath(site: Site, returnTo: string): string {
  return `${withReturnTo(site.path('/sign-in'), returnTo)}&again=yes`
}

/** Answers for who is signed in; anybody else is sent to sign in first, and back here where this page was only read. */
export async function withSession(
  visit: Visit,
  answer: (session: Session) => unknown,
): Promise<unknown> {
  const session = await visit.site.accounts.sessionOf(visit.visitor)
  if (session !== undefined) return answer(session)
  return seeOther(visit, withReturnTo(visit.site.path('/sign-in'), comeBack(visit)))
}

/** Sends to sign in where that is what a refusal asks for; undefined for any other. */
export function signInInstead(visit: Visit, { code }: AccountRefused): unknown {
  const returnTo = comeBack(visit)
  if (code === 'not_signed_in') {
    return seeOther(visit, withReturnTo(visit.site.path('/sign-in'), returnTo))
  }
  if (code !== 'reauthentication_needed') return undefined
  return seeOther(visit, signInAgainPath(visit.site, returnTo))
}

// What was sent to a form is lost; its page is the account's.
function comeBack({ site, request }: Visit): string {
  const account = site.path('/account')
  return request.method === 'GET' ? ownPathOr(request.url, account) : account
}

/** Where this browser wants to go after signing in: what the form or the address says, if it is a path of ours. */
export function returnToOf({ fields, query }: Visit): string | undefined {
  return ownPathOr(fields[RETURN_TO] ?? query[RETURN_TO], '') || undefined
}
