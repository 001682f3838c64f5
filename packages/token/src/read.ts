/**
 * Reads what a caller presents. There is one canonical form and nothing is repaired: no trimming,
 * no case folding, no second encoding of the same checksum. A bad candidate costs a few hundred
 * nanoseconds and no look-up. Says that a secret is well formed, not that its key exists.
 */
import { encodeChecksum, isBase62, isLower, isLowerOrDigit } from './base62.ts'
import { crc32 } from './crc32.ts'
import { BODY_LENGTH, CHECKSUM_LENGTH, SECRET_LENGTH_MAX } from './grammar.ts'

const UNDERSCORE = 95

/**
 * The head (`<prefix>` or `<prefix>_<mode>`) of a well-formed secret; undefined for anything else.
 * Never throws, and reads at most SECRET_LENGTH_MAX characters.
 */
export function readSecret(candidate: string): { head: string } | undefined {
  if (candidate.length > SECRET_LENGTH_MAX) return undefined
  const headLength = candidate.length - BODY_LENGTH - 1
  if (headLength < 1 || candidate.charCodeAt(headLength) !== UNDERSCORE) return undefined
  if (!hasHead(candidate, headLength)) return undefined
  for (let index = headLength + 1; index < candidate.length; index += 1) {
    if (!isBase62(candidate.charCodeAt(index))) return undefined
  }
  const covered = candidate.length - CHECKSUM_LENGTH
  if (!candidate.endsWith(encodeChecksum(crc32(candidate, covered)))) return undefined
  return { head: candidate.slice(0, headLength) }
}

function hasHead(candidate: string, length: number): boolean {
  if (!isLower(candidate.charCodeAt(0))) return false
  let afterUnderscore = false
  for (let index = 1; index < length; index += 1) {
    const code = candidate.charCodeAt(index)
    if (code === UNDERSCORE) {
      if (afterUnderscore) return false
      afterUnderscore = true
    } else {
      if (!isLowerOrDigit(code)) return false
      afterUnderscore = false
    }
  }
  return !afterUnderscore
}
