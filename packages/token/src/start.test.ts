import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { secrets } from '../testing/arbitraries.ts'
import { startOf } from './start.ts'

describe('the start of a secret', () => {
  test('is its head and its first four random digits', () => {
    fc.assert(
      fc.property(secrets, ({ head, secret }) => {
        expect(startOf(secret)).toBe(secret.slice(0, head.length + 5))
      }),
    )
  })

  test('of a text that is not a secret does not exist, and the error does not repeat the text', () => {
    const mistyped = `kw_sk_live_${'a'.repeat(36)}`
    expect(() => startOf(mistyped)).toThrow(/^not a well-formed secret$/)
    expect(() => startOf('')).toThrow(TypeError)
  })
})
