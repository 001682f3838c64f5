import fc from 'fast-check'
import { generateSecret } from '../src/generate.ts'

const word = fc.stringMatching(/^[a-z0-9]{1,6}$/)

/** Any head: a prefix of one to three words, with or without a mode. */
export const heads: fc.Arbitrary<string> = fc
  .tuple(fc.stringMatching(/^[a-z][a-z0-9]{0,5}$/), fc.array(word, { maxLength: 3 }))
  .map(([first, rest]) => [first, ...rest].join('_'))

/** Any secret, with the head it was made for; its bytes come from fast-check. */
export const secrets: fc.Arbitrary<{ head: string; secret: string }> = fc
  .tuple(heads, fc.uint8Array({ minLength: 30, maxLength: 30, max: 247 }))
  .map(([head, bytes]) => ({ head, secret: generateSecret(head, () => bytes) }))
