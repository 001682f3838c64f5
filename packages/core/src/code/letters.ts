// Codes that people read out and type: letters without vowels, so that no words appear, and without digits that look
// like letters (RFC 8628 section 6.1). A letter is worth 4.3 bits; how many it takes is for each sort of code to say.

import type { RandomBytes } from '@keywright/token'

const LETTERS = 'BCDFGHJKLMNPQRSTVWXZ'
const NO_LETTER = /[^BCDFGHJKLMNPQRSTVWXZ]/
/** Text of this length at most is looked at. */
const TYPED_LENGTH_MAX = 64
/** 240 = 12 × 20: bytes above would favour some letters. */
const UNBIASED_LIMIT = 240

/** So many letters, each drawn evenly. */
export function drawLetters(count: number, random: RandomBytes): string {
  let code = ''
  while (code.length < count) {
    for (const byte of random(count * 2)) {
      if (byte < UNBIASED_LIMIT && code.length < count) code += LETTERS.charAt(byte % 20)
    }
  }
  return code
}

/** As codes are shown: `WDJB-MJHT`. */
export function showInFours(code: string): string {
  return (code.match(/.{1,4}/g) ?? []).join('-')
}

/**
 * So many letters in what somebody typed, in their one form: case, spaces and punctuation do not count. Undefined when it
 * can be no such code.
 */
export function readLetters(typed: string, count: number): string | undefined {
  if (typed.length > TYPED_LENGTH_MAX) return undefined
  const code = typed.replaceAll(/[\s\p{P}]/gu, '').toUpperCase()
  return code.length === count && !NO_LETTER.test(code) ? code : undefined
}
