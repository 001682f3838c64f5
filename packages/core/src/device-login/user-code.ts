// The code that a person types: eight letters out of twenty, without vowels, so that no words appear, and without
// digits that look like letters (RFC 8628 section 6.1). About 34 bits, so guesses are counted.

import type { RandomBytes } from '@keywright/token'

const LETTERS = 'BCDFGHJKLMNPQRSTVWXZ'
const LENGTH = 8
/** Text of this length at most is looked at. */
const TYPED_LENGTH_MAX = 64
/** 240 = 12 × 20: bytes above would favour some letters. */
const UNBIASED_LIMIT = 240

/** A new user code, as it is stored: eight letters. */
export function newUserCode(random: RandomBytes): string {
  let code = ''
  while (code.length < LENGTH) {
    for (const byte of random(LENGTH * 2)) {
      if (byte < UNBIASED_LIMIT && code.length < LENGTH) code += LETTERS.charAt(byte % 20)
    }
  }
  return code
}

/** As it is shown: `WDJB-MJHT`. */
export function showUserCode(code: string): string {
  return `${code.slice(0, 4)}-${code.slice(4)}`
}

/** What somebody typed, in its one form: case, spaces and punctuation do not count. Undefined when it can be no code. */
export function readUserCode(typed: string): string | undefined {
  if (typed.length > TYPED_LENGTH_MAX) return undefined
  const code = typed.replaceAll(/[\s\p{P}]/gu, '').toUpperCase()
  return /^[BCDFGHJKLMNPQRSTVWXZ]{8}$/.test(code) ? code : undefined
}
