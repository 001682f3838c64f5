import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { secrets } from '../testing/arbitraries.ts'
import { generateSecret, readSecret, SECRET_LENGTH_MAX } from './index.ts'

const zeros = (length: number): Uint8Array => new Uint8Array(length)

describe('generating a secret', () => {
  test('writes head, 30 random digits and 6 checksum digits', () => {
    expect(generateSecret('kw_sk_live', zeros)).toBe(`kw_sk_live_${'0'.repeat(30)}3zBdyu`)
  })

  test('what it writes is read back with the same head', () => {
    fc.assert(
      fc.property(secrets, ({ head, secret }) => {
        expect(readSecret(secret)).toEqual({ head })
      }),
    )
  })

  test('the checksum covers prefix and mode: the same digits end otherwise under another head', () => {
    const live = generateSecret('kw_sk_live', zeros)
    const ending = new Set([
      live,
      generateSecret('kw_sk_test', zeros),
      generateSecret('kw_ak_live', zeros),
    ])
    expect(new Set([...ending].map((secret) => secret.slice(-6))).size).toBe(3)
  })

  test.each([
    '',
    'Kw',
    '1kw',
    '_kw',
    'kw_',
    'kw__sk',
    'kw-sk',
    'kw sk',
    'kw\n',
    'kß',
    'k'.repeat(84),
  ])('refuses the head %j', (head) => {
    expect(() => generateSecret(head, zeros)).toThrow(TypeError)
  })

  test('the longest head makes a secret of the longest length that is read', () => {
    const secret = generateSecret('k'.repeat(83), zeros)
    expect(secret).toHaveLength(SECRET_LENGTH_MAX)
    expect(readSecret(secret)).toEqual({ head: 'k'.repeat(83) })
  })
})

test('secrets of a real source are all different', () => {
  const made = Array.from({ length: 1000 }, () =>
    generateSecret('kw_sk_live', (length) => crypto.getRandomValues(new Uint8Array(length))),
  )
  expect(new Set(made).size).toBe(1000)
})
