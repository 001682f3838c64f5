import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { digestKey, digestSecret } from './digest.ts'

describe('digesting a secret', () => {
  test('is SHA-256 in base64url', () => {
    expect(digestSecret('abc')).toBe('ungWv48Bz-pBQUDeXa4iI7ADYaOWF3qctBD_YfIAFa0')
  })

  test('hashes the UTF-8 text of any string into 43 characters', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const expected = createHash('sha256').update(text, 'utf8').digest('base64url')
        expect(digestSecret(text)).toBe(expected)
        expect(digestSecret(text)).toHaveLength(43)
      }),
    )
  })

  test('row A3: characters after byte 72 count like all others', () => {
    const long = 'k'.repeat(100)
    expect(digestSecret(`${long}a`)).not.toBe(digestSecret(`${long}b`))
  })

  test('gives the same digest for the key of a map, a byte a character', () => {
    const secret = 'kw_sk_live_000000000000000000000000000000000000'
    expect(digestKey(secret)).toHaveLength(32)
    expect(Buffer.from(digestKey(secret), 'latin1').toString('base64url')).toBe(
      digestSecret(secret),
    )
  })
})
