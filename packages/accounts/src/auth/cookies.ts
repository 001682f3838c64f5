// Cookies of accounts. `__Host-` (RFC 6265bis section 4.1.3.2): no other host below the domain can set or see them. Each
// verb is given only the cookie it is about: a session of somebody must not answer for somebody else's second factor.

import type { Visitor } from '@keywright/contract'

export const COOKIE_PREFIX = '__Host-keywright'

const NAMES = {
  session: `${COOKIE_PREFIX}.session_token`,
  challenge: `${COOKIE_PREFIX}.two_factor`,
  passkey: `${COOKIE_PREFIX}.passkey`,
  provider: `${COOKIE_PREFIX}.provider`,
} as const

export type CookieName = keyof typeof NAMES

/** The header by which the visitor's network reaches the list of sessions; the request cannot set it. */
export const NETWORK_HEADER = 'x-keywright-network'

const USER_AGENT_LENGTH_MAX = 256

/** Headers of our own, with these cookies of the visitor and nothing else that a request can say. */
export function headersOf(visitor: Visitor, names: readonly CookieName[]): Headers {
  const headers = new Headers()
  const cookies = names.flatMap((name) => {
    const value = cookieOf(visitor, name)
    return value === undefined ? [] : [`${NAMES[name]}=${value}`]
  })
  if (cookies.length > 0) headers.set('cookie', cookies.join('; '))
  const userAgent = visitor.headers.get('user-agent')
  if (userAgent !== null) headers.set('user-agent', userAgent.slice(0, USER_AGENT_LENGTH_MAX))
  if (visitor.network !== undefined) headers.set(NETWORK_HEADER, visitor.network)
  return headers
}

/** A cookie as it came, still encoded. */
export function cookieOf(visitor: Visitor, name: CookieName): string | undefined {
  const start = `${NAMES[name]}=`
  const pairs = (visitor.headers.get('cookie') ?? '').split(';').map((pair) => pair.trim())
  return pairs.find((pair) => pair.startsWith(start))?.slice(start.length)
}

/** A `Set-Cookie` in the form of all of ours; 0 seconds clear it. */
export function setCookie(name: CookieName, value: string, seconds: number): string {
  return `${NAMES[name]}=${value}; Max-Age=${seconds}; Path=/; HttpOnly; Secure; SameSite=Lax`
}
