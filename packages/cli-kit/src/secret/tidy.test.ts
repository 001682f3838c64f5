import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Failure } from '../output/failure.ts'
import { tidySecret } from './tidy.ts'

const secret = fc.stringMatching(/^[A-Za-z0-9._~+/-]{1,60}={0,2}$/)

test('what copying adds is taken off, and nothing else', () => {
  const before = fc.constantFrom('', '\uFEFF', ' ', '\t', 'Bearer ', 'bearer  ', '\uFEFFBearer ')
  const after = fc.constantFrom('', '\n', '\r\n', ' \n')
  fc.assert(
    fc.property(before, secret, after, (start, value, end) => {
      expect(tidySecret(start + value + end)).toBe(value)
    }),
  )
})

test('anything else is refused and never repeated', () => {
  fc.assert(
    fc.property(fc.string({ minLength: 20 }), (text) => {
      let refused = ''
      try {
        expect(text).toContain(tidySecret(text))
      } catch (error) {
        if (!(error instanceof Failure)) throw error
        refused = `${error.message} ${error.hint ?? ''}`
      }
      expect(refused).not.toContain(text.trim().slice(0, 20) || '\u0000')
    }),
  )
})
