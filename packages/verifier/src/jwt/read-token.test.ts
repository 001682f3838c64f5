import { fc, property } from '@keywright/core/testing'
import { describe, expect, it } from 'vitest'
import { isTokenForm, readToken, TOKEN_LENGTH_MAX } from './read-token.ts'
import { parseUniqueObject } from './unique-json.ts'

const ISSUER = 'https://auth.acme.com'
const HEADER = { alg: 'RS256', kid: 'key-1', typ: 'at+jwt' }

function part(value: unknown): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  return Buffer.from(text).toString('base64url')
}

function token(header: unknown, payload: unknown = { iss: ISSUER }): string {
  return `${part(header)}.${part(payload)}.${part('signature')}`
}

describe('a token that can be somebody’s', () => {
  it('says whose it is, how it is signed and with which key', () => {
    expect(readToken(token(HEADER))).toEqual({
      issuer: ISSUER,
      algorithm: 'RS256',
      keyId: 'key-1',
      type: 'at+jwt',
    })
  })

  it('needs neither key id nor type, and its type is read in one spelling', () => {
    expect(readToken(token({ alg: 'ES256' }))).toMatchObject({ keyId: undefined, type: '' })
    expect(readToken(token({ ...HEADER, typ: 'application/AT+JWT' }))?.type).toBe('at+jwt')
  })

  it.each(['1234', 'a.b_c~d', 'urn:key:1', `${'+/'.repeat(21)}A=`, '2026-11-21@v1'])(
    'may have the key id %s',
    (kid) => {
      expect(readToken(token({ ...HEADER, kid }))?.keyId).toBe(kid)
    },
  )
})

describe('row 28: a header that would have us look elsewhere is not read on', () => {
  it.each([
    ['jku', { jku: 'https://evil.example/jwks' }],
    ['x5u', { x5u: 'https://evil.example/cert' }],
    ['jwk', { jwk: { kty: 'RSA' } }],
    ['x5c', { x5c: [] }],
    ['crit', { crit: ['exp'], exp: 1 }],
    ['an empty crit', { crit: [] }],
    ['b64', { b64: false }],
    ['a climbing kid', { kid: '../../etc/passwd' }],
    ['a kid that is a climb alone', { kid: 'a..b' }],
    ['an absolute kid', { kid: '/dev/null' }],
    ['a kid below a folder', { kid: 'keys/1.pem' }],
    ['a kid with a backslash', { kid: 'a\\b' }],
    ['a URL as kid', { kid: 'https://evil.example' }],
    ['an escaped kid', { kid: '%2e%2e' }],
    ['a kid with a NUL', { kid: 'a\0b' }],
    ['a kid that injects', { kid: "x' UNION SELECT 1" }],
    ['an over-long kid', { kid: 'k'.repeat(257) }],
    ['an empty kid', { kid: '' }],
    ['a kid that is no text', { kid: 7 }],
    ['an alg that is no text', { alg: ['RS256'] }],
    ['a typ that is no text', { typ: null }],
  ])('%s', (_what, change) => {
    expect(readToken(token({ ...HEADER, ...change }))).toBeUndefined()
  })
})

describe('what is no token', () => {
  const good = token(HEADER)
  it.each([
    ['nothing', ''],
    ['two parts', good.split('.').slice(0, 2).join('.')],
    ['five parts, as of an encrypted one', `${good}.a.b`],
    ['an empty signature', `${good.split('.').slice(0, 2).join('.')}.`],
    ['padding', good.replace('.', '=.')],
    ['a line end', `${good}\n`],
    ['plain base64', good.replace('.', '+/.')],
    ['a length that base64 cannot have', good.replace('.', 'A.').replace('.', 'AAA.')],
    ['a header that is a list', token([])],
    ['a header that is text', token('"RS256"')],
    ['a header that is not JSON', token('{')],
    ['a header that names alg twice', token('{"alg":"RS256","alg":"none"}')],
    ['a header that names alg twice, once escaped', token('{"alg":"RS256","\\u0061lg":"none"}')],
    ['a payload that names iss twice', token(HEADER, `{"iss":"a","iss":"${ISSUER}"}`)],
    [
      'a payload that names a nested member twice',
      token(HEADER, '{"iss":"a","b":[{"c":1,"c":2}]}'),
    ],
    ['a payload without an issuer', token(HEADER, { sub: 'a' })],
    ['an issuer that is no text', token(HEADER, { iss: [ISSUER] })],
    ['bytes that are no text', `${Buffer.from([0x7b, 0xff, 0x7d]).toString('base64url')}.e30.AA`],
    ['one character too many', token(HEADER, { iss: ISSUER, pad: 'x'.repeat(TOKEN_LENGTH_MAX) })],
    ['a header of 2 KiB', token({ ...HEADER, pad: 'x'.repeat(2048) })],
    ['nesting without end', token(HEADER, `{"iss":"a","b":${'['.repeat(33)}${']'.repeat(33)}}`)],
  ])('%s', (_what, text) => {
    expect(readToken(text)).toBeUndefined()
  })

  it('is a second spelling of the same bytes', () => {
    const [, body, signature] = good.split('.')
    const head = part('{"alg":"RS256"}  ').slice(0, -1)
    const spellings = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
      .split('')
      .map((last) => `${head}${last}.${body}.${signature}`)
    expect(spellings.filter((text) => readToken(text) !== undefined)).toHaveLength(1)
  })

  it('has a signature in one spelling too (row 4)', () => {
    // Seven bytes end in a digit of which four bits say nothing.
    const signed = `${good.split('.').slice(0, 2).join('.')}.${part('sevenby')}`
    const last = signed.at(-1) ?? ''
    expect(readToken(signed)).toBeDefined()
    const other = String.fromCharCode(last.charCodeAt(0) + 1)
    expect(Buffer.from(`AAAAAAAAA${other}`, 'base64url')).toEqual(
      Buffer.from(`AAAAAAAAA${last}`, 'base64url'),
    )
    expect(readToken(signed.slice(0, -1) + other)).toBeUndefined()
  })

  it('is told from a key by its form alone', () => {
    expect(isTokenForm(good)).toBe(true)
    expect(isTokenForm('acme_sk_0123456789abcdefghijABCDEFGHIJ123456')).toBe(false)
  })
})

describe('whatever is sent', () => {
  property([fc.string({ unit: 'binary' })], 'the reader answers and does not throw', (text) => {
    expect(() => readToken(text)).not.toThrow()
  })

  property([fc.json(), fc.json()], 'any JSON in both parts is read or refused', (head, body) => {
    const read = readToken(token(head, body))
    if (read !== undefined) expect(typeof read.issuer).toBe('string')
  })

  property([fc.integer({ min: 8193, max: 1_000_000 })], 'a long text is refused', (length) => {
    expect(readToken(`a.b.${'c'.repeat(length)}`)).toBeUndefined()
  })

  const plain = fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 4 }))
  property([plain], 'JSON without repeats is read as JSON.parse reads it', (value) => {
    const text = JSON.stringify(value)
    expect(parseUniqueObject(text)).toEqual(JSON.parse(text))
  })

  property([plain, fc.string()], 'a repeated name is seen wherever it stands', (value, name) => {
    const key = JSON.stringify(name)
    const inner = `{${key} :1,"rest":${JSON.stringify(value)},${key}\t: 2}`
    expect(parseUniqueObject(inner)).toBeUndefined()
    expect(parseUniqueObject(`{"deep":[${inner}]}`)).toBeUndefined()
  })
})
