import type { RandomBytes } from '@keywright/token'

// `key_` + 8 base62 digits of the creation time in milliseconds + 12 random ones. Ids sort bytewise by age, so lists
// page by id and inserts stay at one end of the index. 12 digits are 71 bits: ids are unique, not secret.

const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
const TIME_DIGITS = 8
const RANDOM_DIGITS = 12

/** A new key's id. */
export function newKeyId(now: number, random: RandomBytes): string {
  return newId('key', now, random)
}

/** A new id of the same form, of another noun: `usr`, `org`, `inv`. */
export function newId(noun: string, now: number, random: RandomBytes): string {
  let time = ''
  for (let left = now, digit = 0; digit < TIME_DIGITS; digit += 1) {
    time = ALPHABET.charAt(left % 62) + time
    left = Math.floor(left / 62)
  }
  let tail = ''
  while (tail.length < RANDOM_DIGITS) {
    for (const byte of random(16)) {
      // 248 = 4 × 62: bytes above would favour some digits.
      if (byte < 248 && tail.length < RANDOM_DIGITS) tail += ALPHABET.charAt(byte % 62)
    }
  }
  return `${noun}_${time}${tail}`
}

/** True for text of the form of a key's id. */
export function isKeyId(text: string): boolean {
  return isIdOf('key', text)
}

/** True for text of the form of an id of that noun. */
export function isIdOf(noun: string, text: string): boolean {
  return text.startsWith(`${noun}_`) && /^[0-9A-Za-z]{20}$/.test(text.slice(noun.length + 1))
}
