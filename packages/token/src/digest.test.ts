import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { digestSecret } from './digest.ts'

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
})
