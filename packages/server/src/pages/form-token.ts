// Binds forms to the browser that they were shown in. A cookie holds random bytes; each form holds their HMAC. Whoever
// makes a browser send a form of theirs knows neither. This stands beside the proof of origin, not in its place: one of
// them is enough to stop a forged request, and both would have to fail.

import { createHmac, timingSafeEqual } from 'node:crypto'
import type { RandomBytes } from '@keywright/token'

const BYTES = 32
const VALUE = /^[A-Za-z0-9_-]{43}$/

/** The name of the hidden field. */
export const FORM_TOKEN_FIELD = 'form_token'

/**
 * `__Host-` (RFC 6265bis section 4.1.3.2): only this host over HTTPS can have set it. Over plain HTTP, as on a laptop,
 * browsers refuse that name.
 */
function cookieName(isHttps: boolean): string {
  return isHttps ? '__Host-keywright_form' : 'keywright_form'
}

/** The browser's value as it came, undefined when there is none that we made. */
export function readFormCookie(isHttps: boolean, cookies: string | undefined): string | undefined {
  const start = `${cookieName(isHttps)}=`
  const pairs = (cookies ?? '').split(';').map((pair) => pair.trim())
  const value = pairs.find((pair) => pair.startsWith(start))?.slice(start.length)
  return value !== undefined && VALUE.test(value) ? value : undefined
}

export function newFormCookie(
  isHttps: boolean,
  random: RandomBytes,
): { readonly value: string; readonly setCookie: string } {
  const value = Buffer.from(random(BYTES)).toString('base64url')
  const secure = isHttps ? '; Secure' : ''
  const setCookie = `${cookieName(isHttps)}=${value}; Path=/; HttpOnly; SameSite=Lax${secure}`
  return { value, setCookie }
}

/** What the forms of this browser hold. */
export function formTokenOf(cookie: string): string {
  return createHmac('sha256', cookie).update('keywright form').digest('base64url')
}

export function isFormToken(cookie: string | undefined, token: unknown): boolean {
  if (cookie === undefined || typeof token !== 'string') return false
  const expected = Buffer.from(formTokenOf(cookie))
  const given = Buffer.from(token)
  return given.length === expected.length && timingSafeEqual(given, expected)
}
