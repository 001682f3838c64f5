import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isJws, kindOf, mask, maskFor } from '../../src/index.ts'
import { rememberSecret } from '../../../../tools/canary/registry.ts'

const modes = { kinds: { any: 'chr_sk_', live: 'chr_sk_live_', test: 'chr_sk_test_', jwt: 'jws' } }
const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url')
const JWT = `${encode({ typ: 'JWT', alg: 'RS256' })}.${encode({ sub: 'jane-doe' })}.c2lnbmF0dXJl`
rememberSecret(JWT)

test('the longest beginning decides, in whatever order kinds are written', () => {
  const entries = Object.entries(modes.kinds)
  const orders = fc.shuffledSubarray(entries, { minLength: entries.length })
  fc.assert(
    fc.property(orders, fc.stringMatching(/^[0-9A-Za-z]{36}$/), (order, body) => {
      const kinds = Object.fromEntries(order)
      expect(kindOf({ kinds }, `chr_sk_live_${body}`)).toMatchObject({ kind: 'live' })
      expect(kindOf({ kinds }, `chr_sk_test_${body}`)).toMatchObject({ kind: 'test' })
      expect(kindOf({ kinds }, `chr_ak_${body}`)).toEqual({ type: 'unknown' })
    }),
  )
})

test('three parts with a header that has alg are a JWT, anything else is unknown', () => {
  expect(kindOf(modes, JWT)).toEqual({ type: 'jwt', kind: 'jwt' })
  expect(kindOf({ kinds: {} }, JWT)).toEqual({ type: 'jwt', kind: undefined })
  for (const text of [
    'a.b.c',
    `${encode({})}.a.b`,
    `${encode(['alg'])}.a.b`,
    'x',
    '',
    `${JWT}.a`,
  ]) {
    expect(isJws(text), text).toBe(false)
  }
})

test('a key of a provider is called by its name, unless the brand has a kind that fits better', () => {
  expect(kindOf(modes, 'sk-ant-api03-abc')).toMatchObject({ type: 'foreign', product: 'Anthropic' })
  expect(kindOf(modes, 'sk_live_abc')).toMatchObject({ type: 'foreign', product: 'Stripe' })
  expect(kindOf({ kinds: { live: 'sk_live_' } }, 'sk_live_abc')).toMatchObject({ kind: 'live' })
})

test('a brand that names no kinds leaves a beginning that its server could have to the server', () => {
  expect(kindOf({ kinds: {} }, 'sk_live_abc')).toEqual({ type: 'unknown' })
  expect(kindOf({ kinds: { jwt: 'jws' } }, 'npm_abc')).toEqual({ type: 'unknown' })
  expect(kindOf({ kinds: {} }, 'sk-ant-api03-abc')).toMatchObject({ product: 'Anthropic' })
  expect(kindOf({ kinds: {} }, 'AIzaSyabc')).toMatchObject({ product: 'Google' })
})

test('a brand that names no kinds shows kind and mode of what a Keywright server gave out', () => {
  const body = '4f1QmZr8TnYx2LcVb7HsKd4f1QmZr8TnYx2L'
  expect(maskFor({ kinds: {} }, `kw_sk_live_${body}`)).toBe('kw_sk_live_4f1Q…')
  expect(maskFor(modes, `kw_sk_live_${body}`)).toBe('kw_s…')
  expect(maskFor({ kinds: {} }, `kw_sk_live_${body}1`)).toBe('kw_s…')
})

test('a mask shows the beginning and four characters at most, and of the rest nothing', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[0-9A-Za-z]{1,60}$/), (body) => {
      const shown = maskFor(modes, `chr_sk_live_${body}`)
      expect(shown).toMatch(/^chr_sk_live_[0-9A-Za-z]{0,4}…$/)
      expect(mask(body).length).toBeLessThanOrEqual(Math.max(1, body.length / 3))
    }),
  )
  expect(maskFor(modes, JWT)).toBe('JWT …')
})

test('telling kinds never throws', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      expect(kindOf(modes, text).type).toMatch(/^(kind|jwt|foreign|unknown)$/)
    }),
  )
})
