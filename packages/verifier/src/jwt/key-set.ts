// From a host's JSON to keys that can only verify. Symmetric, private and short keys are left out, so that neither a mistake of
// the host nor a confused algorithm makes a secret out of something public (RFC 7517 sections 4.1 to 4.3).

import type { CryptoKey, JWSHeaderParameters } from 'jose'
import { createLocalJWKSet } from 'jose'

const KEYS_MAX = 100
const PUBLIC_TYPES = ['RSA', 'EC', 'OKP']
/** 2048 bits in base64url (RFC 7518 section 3.3 asks for them). */
const MODULUS_LENGTH_MIN = 342

/** The keys of one issuer as one fetch found them. */
export interface KeySet {
  /** Monotonic milliseconds at which the fetch began: what was removed later may be in it, nothing earlier. */
  readonly fetchedAt: number
  readonly keyIds: ReadonlySet<string>
  /** @throws a jose error when no single key fits the header */
  readonly find: (header: JWSHeaderParameters) => Promise<CryptoKey>
}

/** @returns the keys of a JWK set that can be used, perhaps none; undefined when the JSON is no JWK set */
export function keySetOf(json: unknown, fetchedAt: number): KeySet | undefined {
  const all = isObject(json) ? json['keys'] : undefined
  if (!Array.isArray(all) || all.length > KEYS_MAX) return undefined
  const keys = all.filter(isObject).filter(isVerifyingKey)
  const keyIds = new Set(keys.map(({ kid }) => kid).filter((kid) => typeof kid === 'string'))
  return { fetchedAt, keyIds, find: createLocalJWKSet({ keys }) }
}

function isVerifyingKey(key: Record<string, unknown>): key is Record<string, unknown> & {
  kty: string
} {
  const { kty, n, d } = key
  if (kty === 'RSA' && !(typeof n === 'string' && n.length >= MODULUS_LENGTH_MIN)) return false
  return PUBLIC_TYPES.some((type) => type === kty) && d === undefined
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
