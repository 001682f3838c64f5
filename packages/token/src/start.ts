import { START_LENGTH } from './grammar.ts'
import { readSecret } from './read.ts'

/**
 * The form of a secret that may be shown and stored for people: head and first four random
 * digits, as in `kw_sk_live_a1B2`. It identifies, it never authorises.
 *
 * @throws TypeError when the text is not a well-formed secret; the message does not repeat it.
 */
export function startOf(secret: string): string {
  const read = readSecret(secret)
  if (read === undefined) throw new TypeError('not a well-formed secret')
  return secret.slice(0, read.head.length + 1 + START_LENGTH)
}
