import { describe, expect, test } from 'vitest'
import { digestSecret } from './digest.ts'
import { pepperDigest } from './pepper.ts'

const pepper = new Uint8Array(32).fill(0x0b)

describe('peppering a digest', () => {
  test('is HMAC-SHA-256 over the 32 raw bytes of the digest, as another implementation computes it', () => {
    expect(pepperDigest(digestSecret('abc'), pepper)).toBe(
      'HhjGCvZyqaiPxp-FNCfTKDd0uflnKl-Dgz6lpGOkfM8',
    )
  })

  test('another pepper or another digest gives another value', () => {
    const one = pepperDigest(digestSecret('abc'), pepper)
    expect(pepperDigest(digestSecret('abd'), pepper)).not.toBe(one)
    expect(pepperDigest(digestSecret('abc'), pepper.with(0, 1))).not.toBe(one)
  })

  test.each([
    '',
    'abc',
    `${digestSecret('abc')}=`,
    ` ${digestSecret('abc')}`,
    'A'.repeat(44),
    `${'A'.repeat(42)}B`,
  ])('refuses %j, which is not a digest in its canonical form', (text) => {
    expect(() => pepperDigest(text, pepper)).toThrow(TypeError)
  })

  test('refuses an empty pepper', () => {
    expect(() => pepperDigest(digestSecret('abc'), new Uint8Array())).toThrow(TypeError)
  })
})
