import { fc, property, seededRandom } from '@keywright/core/testing'
import { generateSecret } from '@keywright/token'
import { describe, expect, it } from 'vitest'
import { readCredential } from './read.ts'

type Headers = Readonly<Record<string, readonly string[]>>

const both = ['authorization', 'x-api-key'] as const

function read(headers: Headers, url = '/v1/agents'): string {
  const found = readCredential(both, { header: (name) => headers[name] ?? [], url })
  return 'code' in found ? found.code : found.credential
}

describe('the credential of a request', () => {
  it.each([
    ['after Bearer', { authorization: ['Bearer abc'] }, 'abc'],
    ['after bearer in any case', { authorization: ['bEARER abc'] }, 'abc'],
    ['in another header that the definition names', { 'x-api-key': ['abc'] }, 'abc'],
    [
      'in two headers that say the same',
      { authorization: ['Bearer abc'], 'x-api-key': ['abc'] },
      'abc',
    ],
    ['nowhere', {}, 'missing_credential'],
    ['in no header that the definition names', { cookie: ['abc'] }, 'missing_credential'],
    ['under another scheme', { authorization: ['Basic YTpi'] }, 'missing_credential'],
    ['without a scheme', { authorization: ['kw_sk_live_abc'] }, 'malformed_credential'],
    ['missing after Bearer', { authorization: ['Bearer'] }, 'malformed_credential'],
    ['empty after Bearer', { authorization: ['Bearer '] }, 'malformed_credential'],
    ['one of two after Bearer', { authorization: ['Bearer a b'] }, 'malformed_credential'],
    ['in quotes', { authorization: ['Bearer "abc"'] }, 'malformed_credential'],
    ['joined from two lines', { authorization: ['Bearer a, Bearer b'] }, 'malformed_credential'],
    ['longer than any', { authorization: [`Bearer ${'a'.repeat(8193)}`] }, 'malformed_credential'],
    ['there twice (row 9)', { authorization: ['Bearer a', 'Bearer a'] }, 'conflicting_credentials'],
    [
      'one of two that differ (row 9)',
      { authorization: ['Bearer a'], 'x-api-key': ['b'] },
      'conflicting_credentials',
    ],
  ])('is %s', (_, headers: Headers, expected) => {
    expect(read(headers)).toBe(expected)
  })

  it('is never taken from the URL, beside a header or alone (row 7)', () => {
    const secret = generateSecret('kw_sk_live', seededRandom(3))
    const headers = { authorization: ['Bearer abc'] }
    for (const url of [
      '/v1/keys?access_token=x',
      '/v1/keys?a=1&API_KEY=x',
      `/v1/keys?q=${secret}`,
      `/v1/keys/${secret}`,
    ]) {
      expect(read(headers, url)).toBe('credential_in_url')
      expect(read({}, url)).toBe('credential_in_url')
    }
    expect(read(headers, '/v1/keys?access=token')).toBe('abc')
  })

  const lines = fc.array(fc.string({ unit: 'binary', maxLength: 60 }), { maxLength: 3 })

  property(
    [lines, lines, fc.string()],
    'is one token or a refusal, whatever is sent',
    (a, b, url) => {
      const found = read({ authorization: a, 'x-api-key': b }, url)
      expect(found).toMatch(/^[A-Za-z0-9\-._~+/]+=*$|^[a-z_]+$/)
    },
  )

  it.each(['Basic YTpi', 'Token abc', 'Digest username="a"'])(
    'is told from none where the scheme is not one that is read: %s',
    (value) => {
      const header = (name: string) => (name === 'authorization' ? [value] : [])
      expect(readCredential(both, { header, url: '/' })).toMatchObject({
        code: 'missing_credential',
        detail:
          "The header authorization has a scheme that is not read here. Send 'Authorization: Bearer <key>' or 'x-api-key: <key>'.",
      })
      const beside = (name: string) => [name === 'authorization' ? value : 'abc']
      expect(readCredential(both, { header: beside, url: '/' })).toEqual({ credential: 'abc' })
    },
  )

  it('never repeats what was sent in a refusal', () => {
    const secret = generateSecret('kw_sk_live', seededRandom(4))
    const found = readCredential(both, { header: () => [`Bearer ${secret} x`], url: '/' })
    expect(JSON.stringify(found)).not.toContain(secret)
    const asScheme = readCredential(both, { header: () => [`${secret} abc`], url: '/' })
    expect(JSON.stringify(asScheme)).not.toContain(secret)
  })
})
