import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readRetryAfter } from '../../src/http/retry-after.ts'

const NOW = Date.UTC(2026, 10, 21, 10, 0, 0)

test('seconds come back as they are', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 999_999_999 }), (seconds) => {
      expect(readRetryAfter(` ${seconds} `, NOW)).toBe(seconds)
    }),
  )
})

test('a date is so many seconds from now, and none when it has passed', () => {
  fc.assert(
    fc.property(fc.integer({ min: -100_000, max: 100_000 }), (seconds) => {
      const date = new Date(NOW + seconds * 1000).toUTCString()
      expect(readRetryAfter(date, NOW)).toBe(Math.max(0, seconds))
    }),
  )
})

test('the obsolete forms of RFC 9110 section 5.6.7 are read too, as UTC', () => {
  expect(readRetryAfter('Sat Nov 21 10:00:09 2026', NOW)).toBe(9)
  expect(readRetryAfter('Saturday, 21-Nov-26 10:00:09 GMT', NOW)).toBe(9)
})

test.each([null, '', '-1', '1.5', 'soon', '2026-11-21', '12345678901', 'Sat'])(
  '%j says nothing',
  (text) => {
    expect(readRetryAfter(text, NOW)).toBeUndefined()
  },
)

test('whatever the header is, the answer is undefined or whole seconds', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      const seconds = readRetryAfter(text, NOW)
      expect(seconds === undefined || (Number.isSafeInteger(seconds) && seconds >= 0)).toBe(true)
    }),
  )
})
