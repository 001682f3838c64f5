/**
 * A secret as it was pasted, piped or put into a file. What copying adds is taken off; what cannot be a secret is
 * refused with the reason, and never repeated.
 */
import { Failure } from '../output/failure.ts'

const BYTE_ORDER_MARK = '\uFEFF'
const BEARER = /^Bearer +/i
/** RFC 6750, section 2.1: what a bearer token is made of. */
const TOKEN = /^[\w.~+/-]+=*$/

/**
 * The secret without a byte-order mark, white space around it and a pasted `Bearer `.
 *
 * @throws Failure `malformed_secret` when nothing is left, or when it has characters that no token has
 */
export function tidySecret(text: string): string {
  const plain = (text.startsWith(BYTE_ORDER_MARK) ? text.slice(1) : text).trim()
  const secret = plain.replace(BEARER, '')
  if (secret === '') throw new Failure('malformed_secret', 'The credential is empty.')
  if (/\s/.test(secret)) {
    throw new Failure('malformed_secret', 'The credential has white space in it.', {
      hint: 'Give the credential alone, on one line.',
    })
  }
  if (!TOKEN.test(secret)) {
    throw new Failure('malformed_secret', 'The credential has characters that no credential has.', {
      hint: 'Copy it once more, without quotes and without dots in place of its end.',
    })
  }
  return secret
}
