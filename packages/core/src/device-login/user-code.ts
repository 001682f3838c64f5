// The code that a device shows and a person types: eight letters. About 34 bits, so guesses are counted.

import type { RandomBytes } from '@keywright/token'
import { drawLetters, readLetters, showInFours } from '../code/letters.ts'

const LENGTH = 8

/** A new user code, as it is stored: eight letters. */
export function newUserCode(random: RandomBytes): string {
  return drawLetters(LENGTH, random)
}

/** As it is shown: `WDJB-MJHT`. */
export function showUserCode(code: string): string {
  return showInFours(code)
}

/** What somebody typed, in its one form; undefined when it can be no code. */
export function readUserCode(typed: string): string | undefined {
  return readLetters(typed, LENGTH)
}
