/** What a person pastes from a browser on another machine, whose redirect to 127.0.0.1 led nowhere. */

/** A code alone: no blanks, and none of the characters that make an address. */
const CODE = /^[\w.~+-]{16,2048}$/

/** The login that is waited for. */
export interface Expected {
  readonly state: string
  readonly issuer: string
}

/**
 * The answer in a pasted line: the query of an address with our state, or a code alone, which PKCE binds to this login
 * without it. Undefined for anything else; the address of another login is never taken.
 */
export function answerIn(line: string, { state, issuer }: Expected): URLSearchParams | undefined {
  const text = line.trim()
  if (CODE.test(text)) return new URLSearchParams({ code: text, state, iss: issuer })
  const query = URL.parse(text)?.searchParams
  const isAnswer = query?.has('code') === true || query?.has('error') === true
  return isAnswer && query.get('state') === state ? query : undefined
}
