import { crc32 as zlibCrc32 } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { crc32 } from './crc32.ts'

describe('CRC-32 (IEEE)', () => {
  test.each([
    ['', 0x00000000],
    ['a', 0xe8b7be43],
    ['abc', 0x352441c2],
    ['123456789', 0xcbf43926],
    ['The quick brown fox jumps over the lazy dog', 0x414fa339],
  ])('of %j is the published value', (text, expected) => {
    expect(crc32(text)).toBe(expected)
  })

  test('agrees with zlib on any ASCII text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary-ascii', maxLength: 120 }), (text) => {
        expect(crc32(text)).toBe(zlibCrc32(text))
      }),
    )
  })
})
