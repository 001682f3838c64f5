import fc from 'fast-check'
import { expect, test } from 'vitest'
import { jwtEndOf } from './jwt-end.ts'

const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url')
const jwtOf = (claims: unknown): string => `${part({ alg: 'RS256' })}.${part(claims)}.c2ln`

test('a JWT ends when its exp says', () => {
  expect(jwtEndOf(jwtOf({ exp: 1_800_000_000 }))).toBe('2027-01-15T08:00:00Z')
})

test('what says no end has none, and nothing throws', () => {
  expect(jwtEndOf(jwtOf({ exp: 1e300 }))).toBeUndefined()
  expect(jwtEndOf('al_0123456789')).toBeUndefined()
  fc.assert(
    fc.property(fc.jsonValue(), (claims) => {
      const end = jwtEndOf(jwtOf(claims))
      expect(end === undefined || !Number.isNaN(Date.parse(end))).toBe(true)
    }),
  )
  fc.assert(fc.property(fc.string(), (text) => void jwtEndOf(`${part({ alg: 'x' })}.${text}.a`)))
})
