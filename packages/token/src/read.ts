/**
 * Reads what a caller presents. There is one canonical form and nothing is repaired: no trimming,
 * no case folding, no second encoding of the same checksum. Says that a secret is well formed,
 * not that its key exists.
 *
 * Every request passes here, so each character is looked at once: grammar and checksum together,
 * and the checksum is compared as a number. Six digits write each number in one way only.
 */
import { digitOf, isLower, isLowerOrDigit } from './base62.ts'
import { CRC_START, crcEnd, crcStep } from './crc32.ts'
import { BODY_LENGTH, CHECKSUM_LENGTH, SECRET_LENGTH_MAX } from './grammar.ts'

const UNDERSCORE = 95

/**
 * The head (`<prefix>` or `<prefix>_<mode>`) of a well-formed secret; undefined for anything else.
 * Never throws, and reads at most SECRET_LENGTH_MAX characters.
 */
export function readSecret(candidate: string): { head: string } | undefined {
  const { length } = candidate
  const headLength = length - BODY_LENGTH - 1
  if (length > SECRET_LENGTH_MAX || headLength < 1) return undefined
  if (!isLower(candidate.charCodeAt(0))) return undefined

  let state = CRC_START
  let previous = UNDERSCORE
  for (let index = 0; index <= headLength; index += 1) {
    const code = candidate.charCodeAt(index)
    if (code === UNDERSCORE ? previous === UNDERSCORE : !isLowerOrDigit(code)) return undefined
    state = crcStep(state, code)
    previous = code
  }
  if (previous !== UNDERSCORE) return undefined

  const covered = length - CHECKSUM_LENGTH
  for (let index = headLength + 1; index < covered; index += 1) {
    const code = candidate.charCodeAt(index)
    if (digitOf(code) < 0) return undefined
    state = crcStep(state, code)
  }
  if (readChecksum(candidate, covered) !== crcEnd(state)) return undefined
  return { head: candidate.slice(0, headLength) }
}

/** The number that six digits write; -1 when one of them is no digit. */
function readChecksum(candidate: string, start: number): number {
  let value = 0
  for (let index = start; index < start + CHECKSUM_LENGTH; index += 1) {
    const digit = digitOf(candidate.charCodeAt(index))
    if (digit < 0) return -1
    value = value * 62 + digit
  }
  return value
}
