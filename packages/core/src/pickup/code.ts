// The code of a pick-up: sixteen letters, about 69 bits. Nobody approves what it gets, so unlike a user code it must not
// be guessable at any rate of guesses.

import type { RandomBytes } from '@keywright/token'
import { digestSecret, pepperDigest } from '@keywright/token'
import { drawLetters, readLetters, showInFours } from '../code/letters.ts'

const LENGTH = 16

/** A new code, as it is stored. */
export function newPickupCode(random: RandomBytes): string {
  return drawLetters(LENGTH, random)
}

/** As it is shown: `WDJB-MJHT-QXNC-LSRZ`. */
export function showPickupCode(code: string): string {
  return showInFours(code)
}

/** What somebody typed, in its one form; undefined when it can be no code. */
export function readPickupCode(typed: string): string | undefined {
  return readLetters(typed, LENGTH)
}

/** What is stored of a code in its one form. */
export function pickupCodeDigest(code: string, pepper: Uint8Array): string {
  return pepperDigest(digestSecret(code), pepper)
}
