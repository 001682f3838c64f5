import { encodeChecksum, type RandomBytes, sampleBase62 } from './base62.ts'
import { crc32 } from './crc32.ts'
import { HEAD_LENGTH_MAX, RANDOM_LENGTH } from './grammar.ts'

const HEAD = /^[a-z][a-z0-9]*(_[a-z0-9]+)*$/

/**
 * Makes a new secret.
 *
 * @param head `<prefix>` or `<prefix>_<mode>`: lower-case words joined by underscores.
 * @param random a cryptographic source of bytes.
 * @throws TypeError when the head is malformed or too long, Error when the source is broken.
 */
export function generateSecret(head: string, random: RandomBytes): string {
  if (head.length > HEAD_LENGTH_MAX || !HEAD.test(head)) {
    throw new TypeError(
      `a secret's head is lower-case words joined by underscores, ${HEAD_LENGTH_MAX} characters at most`,
    )
  }
  const covered = `${head}_${sampleBase62(RANDOM_LENGTH, random)}`
  return covered + encodeChecksum(crc32(covered))
}
