// The cheap look at a JWT before anything is asked of anybody: its form, what its header wants, and whose it says it is.
// Nothing read here is believed: it only chooses which pinned rules the token is held against (RFC 8725 section 3.10).
// A header that brings a key, names where one is, or demands an extension is refused (RFC 7515 section 4.1).

import { parseUniqueObject } from './unique-json.ts'

/** Longest token looked at, in characters; the reader of headers takes no more either. */
export const TOKEN_LENGTH_MAX = 8192
const HEADER_LENGTH_MAX = 2048
const KEY_ID_LENGTH_MAX = 256
const TEXT_LENGTH_MAX = 512

/** Members that would let the token choose its own key, or change what a signature means. */
const REFUSED_MEMBERS = ['jku', 'x5u', 'jwk', 'x5c', 'crit', 'b64', 'enc', 'zip']

/** What a JWT says of itself, unproved. */
export interface TokenClaim {
  readonly issuer: string
  readonly algorithm: string
  readonly keyId: string | undefined
  /** In lower case, without `application/` (RFC 7515 section 4.1.9); empty when it says none. */
  readonly type: string
}

/** Whether text has the form of a compact JWS; keys of ours never have a dot. Costs one scan. */
export function isTokenForm(text: string): boolean {
  return text.length <= TOKEN_LENGTH_MAX && /^[\w-]+\.[\w-]+\.[\w-]+$/.test(text)
}

/** @returns what the token says of itself; undefined when it cannot be a token of any issuer. Never throws */
export function readToken(token: string): TokenClaim | undefined {
  if (!isTokenForm(token)) return undefined
  const [head, body, signature] = token.split('.') as [string, string, string]
  if (head.length > HEADER_LENGTH_MAX || !isCanonical(signature)) return undefined
  const header = objectOf(head)
  if (header === undefined) return undefined
  if (REFUSED_MEMBERS.some((name) => Object.hasOwn(header, name))) return undefined
  const { alg, kid, typ } = header
  if (!isText(alg)) return undefined
  if (kid !== undefined && !isKeyId(kid)) return undefined
  if (typ !== undefined && !isText(typ)) return undefined
  const issuer = objectOf(body)?.['iss']
  if (!isText(issuer)) return undefined
  const type = (typ ?? '').toLowerCase().replace(/^application\//, '')
  return { issuer, algorithm: alg, keyId: kid, type }
}

/** One spelling each: no stray bits, no length that base64 cannot have (RFC 4648 section 3.5). */
function isCanonical(part: string): boolean {
  return Buffer.from(part, 'base64url').toString('base64url') === part
}

function objectOf(part: string): Record<string, unknown> | undefined {
  if (!isCanonical(part)) return undefined
  try {
    const bytes = Buffer.from(part, 'base64url')
    return parseUniqueObject(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch {
    return undefined
  }
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '' && value.length <= TEXT_LENGTH_MAX
}

// A key id is compared, never followed; what looks like a path is still nobody's honest id. The exception is a
// SHA-256 in plain base64, as Cognito names keys, where a slash is a digit.
function isKeyId(value: unknown): value is string {
  if (!isText(value) || value.length > KEY_ID_LENGTH_MAX) return false
  if (/^[A-Za-z0-9+/]{43}=$/.test(value)) return true
  return /^[A-Za-z0-9_\-.~:=+@|]+$/.test(value) && !value.includes('..')
}
