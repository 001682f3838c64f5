/**
 * The digits of a secret: 0-9, A-Z, a-z, in that order, so a digit's value is its place.
 *
 * Sampling is unbiased: a byte counts only below 248, the largest multiple of 62 a byte can hold;
 * the rest are thrown away, never folded back. Works anywhere; imports nothing.
 */

/** Fills a fresh array of exactly `length` bytes from a cryptographic source. */
export type RandomBytes = (length: number) => Uint8Array

/** The alphabet, in the order of the digits' values. */
export const BASE62_DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'

const UNBIASED_LIMIT = 248
// A sound source needs a second round rarely and a tenth never: more means that it is broken.
const ROUNDS_MAX = 32

/** Draws `count` base62 digits, each equally likely. Throws when the source is visibly broken. */
export function sampleBase62(count: number, random: RandomBytes): string {
  let digits = ''
  for (let round = 0; round < ROUNDS_MAX; round += 1) {
    const wanted = count - digits.length
    const bytes = random(wanted)
    if (bytes.length !== wanted) throw new TypeError('the random source returned a wrong length')
    for (const byte of bytes) {
      if (byte < UNBIASED_LIMIT) digits += BASE62_DIGITS.charAt(byte % 62)
    }
    if (digits.length === count) return digits
  }
  throw new Error('the random source returned no usable bytes')
}

/** Writes an unsigned 32-bit number as exactly six digits, most significant first. */
export function encodeChecksum(value: number): string {
  let rest = value
  let digits = ''
  for (let place = 0; place < 6; place += 1) {
    digits = BASE62_DIGITS.charAt(rest % 62) + digits
    rest = Math.floor(rest / 62)
  }
  return digits
}

const VALUES = new Int8Array(128).fill(-1)
for (let value = 0; value < BASE62_DIGITS.length; value += 1) {
  VALUES[BASE62_DIGITS.charCodeAt(value)] = value
}

/** The value of a UTF-16 code unit as a base62 digit; -1 when it is none. */
export function digitOf(code: number): number {
  return code < 128 ? (VALUES[code] ?? -1) : -1
}

/** Whether a UTF-16 code unit is `a`-`z`. */
export function isLower(code: number): boolean {
  return code >= 97 && code <= 122
}

/** Whether a UTF-16 code unit may stand in a head's word: `a`-`z` or `0`-`9`. */
export function isLowerOrDigit(code: number): boolean {
  return isLower(code) || (code >= 48 && code <= 57)
}
