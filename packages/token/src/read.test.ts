/** Rows 3 and 4 of section A in the threat table: key parsing. One canonical form, or refused. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { secrets } from '../testing/arbitraries.ts'
import { encodeChecksum } from './base62.ts'
import { crc32 } from './crc32.ts'
import { generateSecret, readSecret, SECRET_LENGTH_MAX } from './index.ts'

const secret = generateSecret('kw_sk_live', (length) =>
  Uint8Array.from({ length }, (_, index) => 7 * index),
)

function withChecksum(covered: string): string {
  return covered + encodeChecksum(crc32(covered))
}

describe('row A4: a secret that is not in its canonical form is refused', () => {
  test('any change of a single character is refused', () => {
    const place = fc.nat({ max: 200 })
    fc.assert(
      fc.property(
        secrets,
        place,
        fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }),
        (made, at, other) => {
          const index = at % made.secret.length
          fc.pre(made.secret[index] !== other)
          const changed = made.secret.slice(0, index) + other + made.secret.slice(index + 1)
          expect(readSecret(changed)).toBeUndefined()
        },
      ),
      { numRuns: 300 },
    )
  })

  test('every base62 digit other than the right one is refused at every place', () => {
    const digits = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_'
    for (let index = 0; index < secret.length; index += 1) {
      for (const digit of digits) {
        if (digit === secret[index]) continue
        expect(readSecret(secret.slice(0, index) + digit + secret.slice(index + 1))).toBeUndefined()
      }
    }
  })

  test('a secret cut by any number of characters, at either end, is refused', () => {
    for (let cut = 1; cut <= secret.length; cut += 1) {
      expect(readSecret(secret.slice(0, -cut))).toBeUndefined()
      expect(readSecret(secret.slice(cut))).toBeUndefined()
    }
  })

  test('changed case is refused, of one letter or of all', () => {
    for (let index = 0; index < secret.length; index += 1) {
      const letter = secret.charAt(index)
      const other = letter === letter.toLowerCase() ? letter.toUpperCase() : letter.toLowerCase()
      if (other === letter) continue
      expect(readSecret(secret.slice(0, index) + other + secret.slice(index + 1))).toBeUndefined()
    }
    expect(readSecret(secret.toUpperCase())).toBeUndefined()
    expect(readSecret(secret.toLowerCase())).toBeUndefined()
  })

  test('look-alike letters are refused, from ASCII and from other scripts', () => {
    const lookAlikes: [string, string][] = [
      ['0', 'O'],
      ['O', '0'],
      ['l', 'I'],
      ['I', 'l'],
      ['1', 'l'],
      ['S', '5'],
      ['B', '8'],
      ['a', '\u0430'],
      ['e', '\u0435'],
      ['k', '\u03ba'],
      ['_', '\uff3f'],
      ['k', '\u212a'],
    ]
    const made = withChecksum('kw_ae_0OlI1SB89abcdefghijklmnopqrstu'.padEnd(36, 'x'))
    expect(readSecret(made)).toEqual({ head: 'kw_ae' })
    for (const [right, wrong] of lookAlikes) {
      expect(made).toContain(right)
      expect(readSecret(made.replace(right, wrong))).toBeUndefined()
    }
  })

  test.each([
    ' ',
    '\0',
    '\r',
    '\n',
    '\r\n',
    '\t',
    '\u00a0',
    '\u200b',
    '\ufeff',
    '=',
    '.',
    '0',
    '_',
  ])('trailing or leading %j is refused', (extra) => {
    expect(readSecret(secret + extra)).toBeUndefined()
    expect(readSecret(extra + secret)).toBeUndefined()
  })

  test('a checksum written in another way for the same number is refused', () => {
    // Six digits hold numbers beyond 32 bits: the same checksum plus 2^32 must not pass as well.
    const covered = secret.slice(0, -6)
    const beyond = encodeChecksum(crc32(covered) + 2 ** 32)
    expect(beyond).not.toBe(secret.slice(-6))
    expect(readSecret(covered + beyond)).toBeUndefined()
  })
})

describe('row A3: the parts of a secret cannot be shifted against each other', () => {
  test('moving a character across the boundary of head and random part is refused', () => {
    const first = secret.charAt(11)
    expect(readSecret(`kw_sk_live${first}_${secret.slice(12)}`)).toBeUndefined()
    expect(readSecret(`kw_sk_liv_e${secret.slice(11)}`)).toBeUndefined()
  })

  test('a right checksum does not help a wrong head or a body of another length', () => {
    const body = 'a'.repeat(30)
    for (const head of ['', 'Kw', '1kw', '_kw', 'kw_', 'kw__sk', 'kw-sk', 'kw.sk']) {
      expect(readSecret(withChecksum(`${head}_${body}`))).toBeUndefined()
    }
    expect(readSecret(withChecksum(`kw_${body}a`))).toBeUndefined()
    expect(readSecret(withChecksum(`KW_${body.slice(1)}`))).toBeUndefined()
    expect(readSecret(withChecksum(body))).toBeUndefined()
  })

  test('a well-formed text longer than the limit is refused', () => {
    const body = 'a'.repeat(30)
    expect(readSecret(withChecksum(`${'k'.repeat(83)}_${body}`))).toEqual({ head: 'k'.repeat(83) })
    expect(readSecret(withChecksum(`${'k'.repeat(84)}_${body}`))).toBeUndefined()
    expect(readSecret(secret.repeat(SECRET_LENGTH_MAX))).toBeUndefined()
  })
})

test('no string at all makes reading throw, and random text is never a secret', () => {
  const anything = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 200 }),
    fc.string({
      unit: fc.constantFrom('a', 'Z', '0', '_', '\0', '\ud800', '\udc00'),
      maxLength: 130,
    }),
  )
  fc.assert(
    fc.property(anything, (text) => {
      expect(readSecret(text)).toBeUndefined()
    }),
    { numRuns: 2000 },
  )
})
