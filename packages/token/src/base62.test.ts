import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { BASE62_DIGITS, digitOf, encodeChecksum, sampleBase62 } from './base62.ts'

describe('sampling base62 digits', () => {
  test('every byte below 248 stands for each digit exactly four times', () => {
    const counts = new Map<string, number>()
    for (let byte = 0; byte < 248; byte += 1) {
      const digit = sampleBase62(1, () => Uint8Array.of(byte))
      counts.set(digit, (counts.get(digit) ?? 0) + 1)
    }
    expect([...counts.keys()].toSorted().join('')).toBe(BASE62_DIGITS)
    expect(new Set(counts.values())).toEqual(new Set([4]))
  })

  test('bytes from 248 up are thrown away and drawn again, never folded back', () => {
    for (let biased = 248; biased < 256; biased += 1) {
      const source = [Uint8Array.of(biased, 61), Uint8Array.of(10)]
      expect(sampleBase62(2, () => source.shift() ?? new Uint8Array())).toBe('zA')
    }
  })

  test('uniform bytes give uniform digits', () => {
    const all = Uint8Array.from({ length: 256 * 62 }, (_, index) => index % 256)
    let drawn = 0
    const digits = sampleBase62(248 * 62, (length) => {
      const bytes = Uint8Array.from({ length }, (_, index) => all[(drawn + index) % 256] ?? 0)
      drawn += length
      return bytes
    })
    const counts = new Map<string, number>()
    for (const digit of digits) counts.set(digit, (counts.get(digit) ?? 0) + 1)
    expect(counts.size).toBe(62)
    expect(Math.max(...counts.values()) - Math.min(...counts.values())).toBeLessThanOrEqual(4)
  })

  test('a source stuck on unusable bytes fails instead of looping for ever', () => {
    expect(() => sampleBase62(30, (length) => new Uint8Array(length).fill(255))).toThrow(Error)
  })

  test('a source that returns too few or too many bytes is refused', () => {
    expect(() => sampleBase62(30, () => new Uint8Array(29))).toThrow(TypeError)
    expect(() => sampleBase62(30, () => new Uint8Array(31))).toThrow(TypeError)
  })
})

describe('writing a checksum', () => {
  test('is six digits, most significant first, zero-padded', () => {
    expect(encodeChecksum(0)).toBe('000000')
    expect(encodeChecksum(61)).toBe('00000z')
    expect(encodeChecksum(62)).toBe('000010')
    expect(encodeChecksum(0xffffffff)).toBe('4gfFC3')
  })

  test('loses nothing of any 32-bit number', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 0xffffffff }), (value) => {
        const digits = encodeChecksum(value)
        let back = 0
        for (const digit of digits) back = back * 62 + BASE62_DIGITS.indexOf(digit)
        expect(digits).toHaveLength(6)
        expect(back).toBe(value)
      }),
    )
  })
})

test('the 62 digits have their place as value and no other code unit is a digit', () => {
  const wrong = Array.from({ length: 0x10000 }, (_, code) => code).filter(
    (code) => digitOf(code) !== BASE62_DIGITS.indexOf(String.fromCharCode(code)),
  )
  expect(wrong).toEqual([])
})
