// What a new password must be: long, and not one that everybody tries (NIST SP 800-63B-4 section 3.1.1.2). No rule asks
// for digits or signs. A second factor is optional here, so the length is that of a password that stands alone.

import type { AccountRefused } from '@keywright/contract'
import { refused } from '../answer/answer.ts'
import { LEAKED_PASSWORDS } from './leaked.ts'

/** Characters (code points) of a password. */
const PASSWORD_LENGTH_MIN = 15
export const PASSWORD_LENGTH_MAX = 256

/** What must be left when everything that can be guessed is taken out. */
const REST_LENGTH_MIN = 8
const REPEATED_LENGTH_MAX = 8
const CONTEXT_LENGTH_MIN = 4

/** @param context words that anybody would try for this account: the address, the name, the service */
export function checkPassword(
  password: string,
  context: readonly string[],
): AccountRefused | undefined {
  const length = charactersIn(password)
  if (length < PASSWORD_LENGTH_MIN) {
    const detail = `A password has ${PASSWORD_LENGTH_MIN} characters at least; a few words make a good one.`
    return refused('weak_password', detail)
  }
  if (length > PASSWORD_LENGTH_MAX) {
    return refused('weak_password', `A password has ${PASSWORD_LENGTH_MAX} characters at most.`)
  }
  if (!isGuessable(password, context)) return undefined
  return refused(
    'weak_password',
    'This password is among the first that are tried. Choose another.',
  )
}

function isGuessable(password: string, context: readonly string[]): boolean {
  const text = password.normalize('NFKC').toLowerCase()
  const letters = text.replaceAll(/[\s\p{P}\p{S}]+/gu, '')
  if (LEAKED_PASSWORDS.has(text) || LEAKED_PASSWORDS.has(letters)) return true
  if (isRepeated(text) || isRow(text)) return true
  const words = context
    .flatMap((word) => [word, ...word.split(/[^\p{L}\p{N}]+/u)])
    .map((word) => word.normalize('NFKC').toLowerCase())
    .filter((word) => word.length >= CONTEXT_LENGTH_MIN)
    .toSorted((one, other) => other.length - one.length)
  const rest = words.reduce((left, word) => left.replaceAll(word, ''), text)
  return rest !== text && charactersIn(rest) < REST_LENGTH_MIN
}

/** `abcabcabcabcabc`: one short piece again and again. */
function isRepeated(text: string): boolean {
  for (let length = 1; length <= REPEATED_LENGTH_MAX; length += 1) {
    const piece = text.slice(0, length)
    const times = Math.ceil(text.length / length)
    if (piece.repeat(times).slice(0, text.length) === text) return true
  }
  return false
}

/** `abcdefghijklmnop`, `987654321098765`: each character the next or the previous one, with at most a few breaks. */
function isRow(text: string): boolean {
  const BREAKS_MAX = 2
  let breaks = 0
  for (let index = 1; index < text.length; index += 1) {
    const step = text.charCodeAt(index) - text.charCodeAt(index - 1)
    if (Math.abs(step) > 1) breaks += 1
  }
  return breaks <= BREAKS_MAX
}

function charactersIn(text: string): number {
  return Array.from(text).length
}
