import { expect, test } from 'vitest'
import { outsideIssuer } from './outside.ts'

const METHODIC_ISSUER = 'https://methodic.eu.auth0.com/'
const METHODIC_AUDIENCE = 'https://api.methodiclabs.ai'

test('M9: the issuer is the one that the environment names, with RS256 and its audience', () => {
  expect(outsideIssuer({ METHODIC_ISSUER, METHODIC_AUDIENCE })).toMatchObject([
    { issuer: METHODIC_ISSUER, audience: METHODIC_AUDIENCE, algorithms: ['RS256'], typ: 'JWT' },
  ])
  const profiled = { METHODIC_ISSUER, METHODIC_AUDIENCE, METHODIC_TOKEN_TYPE: 'at+jwt' }
  expect(outsideIssuer(profiled)).toMatchObject([{ typ: 'at+jwt' }])
})

test('without one there is none', () => {
  expect(outsideIssuer({})).toBeUndefined()
  expect(outsideIssuer({ METHODIC_ISSUER: '' })).toBeUndefined()
})

test('an issuer that cannot be right is refused', () => {
  expect(() => outsideIssuer({ METHODIC_ISSUER })).toThrow(/needs METHODIC_AUDIENCE/)
  const mistyped = { METHODIC_ISSUER, METHODIC_AUDIENCE, METHODIC_TOKEN_TYPE: 'ID' }
  expect(() => outsideIssuer(mistyped)).toThrow(/METHODIC_TOKEN_TYPE is JWT/)
})
