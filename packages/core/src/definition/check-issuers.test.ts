import { describe, expect, it } from 'vitest'
import { defineAuthority } from './define.ts'
import type { DefinitionProblem } from './error.ts'
import { DefinitionError } from './error.ts'

const product = { name: 'Acme', slug: 'acme' }
const resources = { organizations: {} }
const roles = { owner: ['*'] }
const keys = { org: { prefix: 'ac_sk', bound: 'organizations', scopes: ['*'] } } as const
const good = {
  issuer: 'https://auth.acme.com',
  audience: 'https://api.acme.com',
  algorithms: ['RS256'],
}

function define(issuers: unknown): ReturnType<typeof defineAuthority> {
  const input = { product, resources, scopes: ['agents:read'], roles, keys, issuers }
  return defineAuthority(input as never)
}

/** Issuers as plain JavaScript would write them: types do not protect them. */
function problemsOf(issuers: unknown): readonly DefinitionProblem[] {
  try {
    define(issuers)
  } catch (error) {
    if (error instanceof DefinitionError) return error.problems
    throw error
  }
  return []
}

describe('right issuers', () => {
  it('are found by their exact name, with what was left out filled in', () => {
    const { issuers } = define([good])
    expect(issuers.get('https://auth.acme.com')).toEqual({
      ...good,
      jwksUrl: undefined,
      typ: 'at+jwt',
      maxAgeSeconds: 3600,
      people: 'known',
      claims: undefined,
    })
    expect(issuers.get('https://auth.acme.com/')).toBeUndefined()
  })

  it.each([
    ['https with a path', { issuer: 'https://auth.acme.com/realms/one' }],
    ['a final slash, as some issuers write', { issuer: 'https://acme.eu.auth.com/' }],
    ['http to this machine', { issuer: 'http://127.0.0.1:4000' }],
    ['http to localhost', { issuer: 'http://localhost:4000' }],
    ['https to this machine by IPv6', { issuer: 'https://[::1]:4000' }],
    ['a key set with a query', { jwksUrl: 'https://auth.acme.com/keys?policy=one' }],
    ['a key set elsewhere', { jwksUrl: 'https://keys.acme.com/jwks.json' }],
    [
      'a key set on this machine with its issuer',
      { issuer: 'http://localhost:1', jwksUrl: 'http://127.0.0.1:2/jwks' },
    ],
    ['all algorithms of a family', { algorithms: ['PS256', 'PS384', 'PS512', 'Ed25519'] }],
    ['another type and age', { typ: 'JWT', maxAgeSeconds: 86_400 }],
    ['claims', { claims: { organization: 'https://acme.com/org', role: 'role' } }],
  ])('may have %s', (_what, change) => {
    expect(problemsOf([{ ...good, ...change }])).toEqual([])
  })

  it('are none when the definition names none', () => {
    expect(define(undefined).issuers.size).toBe(0)
  })
})

describe('a wrong issuer is refused when it loads, with place and fix:', () => {
  it.each([
    ['not a URL', { issuer: 'auth.acme.com' }, 'issuer'],
    ['nothing', { issuer: undefined }, 'issuer'],
    ['http elsewhere', { issuer: 'http://auth.acme.com' }, 'issuer'],
    ['a file', { issuer: 'file:///etc/passwd' }, 'issuer'],
    ['a user', { issuer: 'https://user@auth.acme.com' }, 'issuer'],
    ['a password', { issuer: 'https://:secret@auth.acme.com' }, 'issuer'],
    ['a query', { issuer: 'https://auth.acme.com?tenant=1' }, 'issuer'],
    ['an empty query', { issuer: 'https://auth.acme.com/?' }, 'issuer'],
    ['a fragment', { issuer: 'https://auth.acme.com#one' }, 'issuer'],
    ['an empty fragment', { issuer: 'https://auth.acme.com/#' }, 'issuer'],
    ['another spelling of its host', { issuer: 'https://AUTH.acme.com' }, 'issuer'],
    ['dot segments', { issuer: 'https://auth.acme.com/a/../b' }, 'issuer'],
    ['a default port', { issuer: 'https://auth.acme.com:443' }, 'issuer'],
    ['white space', { issuer: ' https://auth.acme.com' }, 'issuer'],
    ['no audience', { audience: undefined }, 'audience'],
    ['an empty audience', { audience: '' }, 'audience'],
    ['several audiences', { audience: ['a', 'b'] }, 'audience'],
    ['no algorithms', { algorithms: undefined }, 'algorithms'],
    ['an empty list of algorithms', { algorithms: [] }, 'algorithms'],
    ['alg none', { algorithms: ['RS256', 'none'] }, 'algorithms[1]'],
    ['a symmetric algorithm', { algorithms: ['HS256'] }, 'algorithms[0]'],
    ['an algorithm in another case', { algorithms: ['rs256'] }, 'algorithms[0]'],
    ['key sets over http', { jwksUrl: 'http://auth.acme.com/jwks' }, 'jwksUrl'],
    ['key sets with a password', { jwksUrl: 'https://a:b@auth.acme.com/jwks' }, 'jwksUrl'],
    ['key sets with a fragment', { jwksUrl: 'https://auth.acme.com/jwks#1' }, 'jwksUrl'],
    ['key sets on this machine', { jwksUrl: 'http://localhost/jwks' }, 'jwksUrl'],
    ['another typ', { typ: 'id+jwt' }, 'typ'],
    ['an endless life', { maxAgeSeconds: Number.POSITIVE_INFINITY }, 'maxAgeSeconds'],
    ['a life of nothing', { maxAgeSeconds: 0 }, 'maxAgeSeconds'],
    ['a life over a day', { maxAgeSeconds: 86_401 }, 'maxAgeSeconds'],
    ['an unknown claim', { claims: { email: 'email' } }, 'claims.email'],
    ['a claim without a name', { claims: { role: '' } }, 'claims.role'],
    ['claims that are none', { claims: 'role' }, 'claims'],
    ['a misspelt field', { audiences: ['a'] }, 'audiences'],
  ])('%s', (_what, change, field) => {
    const problems = problemsOf([{ ...good, ...change }])
    expect(problems.map(({ place }) => place)).toContain(`issuers[0].${field}`)
    for (const { problem, fix } of problems) expect([problem, fix]).not.toContain('')
  })

  it.each([
    ['no list', { one: good }, 'issuers'],
    ['an entry that is none', [good, null], 'issuers[1]'],
    [
      'the same issuer twice',
      [good, { ...good, audience: 'https://other.acme.com' }],
      'issuers[1]',
    ],
  ])('%s', (_what, issuers, place) => {
    expect(problemsOf(issuers).map((problem) => problem.place)).toContain(place)
  })
})

describe('row 35: an inner address is refused when the definition loads:', () => {
  const inner = [
    ['link-local metadata', 'https://169.254.169.254/latest/meta-data'],
    ['0.0.0.0', 'https://0.0.0.0/jwks'],
    ['a mapped address', 'https://[::ffff:127.0.0.1]/jwks'],
    ['an octal address', 'https://0177.0.0.1/jwks'],
    ['a decimal address', 'https://2130706433/jwks'],
    ['a hexadecimal address', 'https://0x7f.1/jwks'],
    ['carrier-grade NAT', 'https://100.64.0.1/jwks'],
    ['a unique local address', 'https://[fd00::1]/jwks'],
    ['multicast', 'https://224.0.0.1/jwks'],
    ['a private address', 'https://10.0.0.1/jwks'],
  ] as const

  const own = ['loopback for a public issuer', 'https://127.0.0.1/jwks'] as const

  it.each([...inner, own])('for keys, %s', (_what, jwksUrl) => {
    expect(problemsOf([{ ...good, jwksUrl }]).map(({ place }) => place)).toEqual([
      'issuers[0].jwksUrl',
    ])
  })

  it.each(inner)('for an issuer, %s', (_what, issuer) => {
    expect(problemsOf([{ ...good, issuer }]).map(({ place }) => place)).toEqual([
      'issuers[0].issuer',
    ])
  })
})

it('a password in a URL is not repeated in what is said about it', () => {
  const [problem] = problemsOf([{ ...good, issuer: 'https://user:hunter2@auth.acme.com' }])
  expect(JSON.stringify(problem)).not.toContain('hunter2')
})
