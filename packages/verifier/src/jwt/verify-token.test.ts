import { createHmac, createPublicKey } from 'node:crypto'
import type { Issuer } from '@keywright/core'
import { fc, property, TestClock } from '@keywright/core/testing'
import type { JWK, JWTPayload } from 'jose'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { KeyHost, Signer } from '../../testing/key-host.ts'
import { always, createSigner, startKeyHost } from '../../testing/key-host.ts'
import type { LocalProvider } from '../../testing/oidc-provider.ts'
import { startOidcProvider } from '../../testing/oidc-provider.ts'
import { guardedGet } from './guarded-get.ts'
import { KEYS_STALE_MS } from './issuer-keys.ts'
import { JwtVerifier } from './verify-token.ts'

const AUDIENCE = 'https://api.acme.com'
let host: KeyHost
let signer: Signer
let clock: TestClock
let jwt: JwtVerifier

beforeAll(async () => {
  host = await startKeyHost()
  signer = await createSigner('key-1')
})
afterAll(() => host.close())
beforeEach(() => {
  host.asked.length = 0
  host.publish(signer.publicJwk)
  clock = new TestClock()
  jwt = open(issuerOf(host))
})

function issuerOf({ issuer }: { issuer: string }, change: Partial<Issuer> = {}): Issuer {
  return {
    issuer,
    audience: AUDIENCE,
    algorithms: ['RS256'],
    jwksUrl: undefined,
    typ: 'at+jwt',
    maxAgeSeconds: 3600,
    people: 'known',
    claims: { organization: 'org_id', role: 'role' },
    ...change,
  }
}

function open(...issuers: readonly Issuer[]): JwtVerifier {
  const byName = new Map(issuers.map((issuer) => [issuer.issuer, issuer]))
  return new JwtVerifier({ issuers: byName, get: guardedGet(), clock })
}

function now(): number {
  return Math.floor(clock.now() / 1000)
}

function claims(change: JWTPayload = {}): JWTPayload {
  const [iat, exp] = [now(), now() + 600]
  return { iss: host.issuer, sub: 'user-1', aud: AUDIENCE, iat, exp, ...change }
}

function without(name: string): JWTPayload {
  return Object.fromEntries(Object.entries(claims()).filter(([key]) => key !== name))
}

async function codeOf(token: string, verifier = jwt): Promise<string> {
  const verified = await verifier.verifyJwt(token, clock.now())
  return 'code' in verified ? verified.code : `accepted ${verified.subject}`
}

function part(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url')
}

describe('row 27: an algorithm that is not pinned', () => {
  it('none is refused, signed or not, in every spelling', async () => {
    for (const alg of ['none', 'None', 'NONE', '']) {
      const head = `${part({ alg, typ: 'at+jwt' })}.${part(claims())}`
      expect(await codeOf(`${head}.AA`)).toBe('invalid_token')
      expect(await codeOf(`${head}.`)).toBe('invalid_token')
    }
    expect(host.asked).toEqual([])
  })

  it('HS256 keyed with the public key is refused', async () => {
    const pem = createPublicKey({ key: signer.publicJwk, format: 'jwk' })
    const secrets = [
      pem.export({ type: 'spki', format: 'pem' }),
      pem.export({ type: 'spki', format: 'der' }),
      JSON.stringify(signer.publicJwk),
    ]
    for (const secret of secrets) {
      const text = `${part({ alg: 'HS256', kid: 'key-1', typ: 'at+jwt' })}.${part(claims())}`
      const mac = createHmac('sha256', secret).update(text).digest('base64url')
      expect(await codeOf(`${text}.${mac}`)).toBe('invalid_token')
    }
    expect(host.asked).toEqual([])
  })

  it('a key without alg is good for the pinned algorithms only', async () => {
    expect(signer.publicJwk).not.toHaveProperty('alg')
    expect(await codeOf(await signer.sign(claims()))).toBe('accepted user-1')
    const pss = await createSigner('key-2', 'PS256')
    host.publish(pss.publicJwk)
    expect(await codeOf(await pss.sign(claims()), open(issuerOf(host)))).toBe('invalid_token')
  })

  it('a symmetric key in the set makes nothing good', async () => {
    host.publish({ kty: 'oct', k: part('secret'), kid: 'key-1', alg: 'RS256' })
    expect(await codeOf(await signer.sign(claims()))).toBe('invalid_token')
  })
})

describe('row 28: a token that brings or names its key', () => {
  it('is refused without an outbound request', async () => {
    const own = await createSigner('key-1')
    const evil = await startKeyHost()
    evil.publish(own.publicJwk)
    const headers = [
      { jku: `${evil.issuer}/jwks` },
      { x5u: `${evil.issuer}/jwks` },
      { jwk: own.publicJwk as never },
      { x5c: ['AA=='] },
      { kid: '../../key-1' },
      { kid: `${evil.issuer}/jwks` },
      { kid: 'k'.repeat(257) },
    ]
    for (const header of headers) {
      expect(await codeOf(await own.sign(claims(), header))).toBe('invalid_token')
    }
    const critical = { alg: 'RS256', kid: 'key-1', typ: 'at+jwt', crit: ['acme'], acme: 1 }
    expect(await codeOf(`${part(critical)}.${part(claims())}.AA`)).toBe('invalid_token')
    expect(host.asked).toEqual([])
    expect(evil.asked).toEqual([])
    await evil.close()
  })

  it('of an unknown issuer is refused without an outbound request', async () => {
    const evil = await startKeyHost()
    expect(await codeOf(await signer.sign(claims({ iss: evil.issuer })))).toBe('unknown_issuer')
    expect(await codeOf(await signer.sign(claims({ iss: `${host.issuer}/` })))).toBe(
      'unknown_issuer',
    )
    expect([...host.asked, ...evil.asked]).toEqual([])
    await evil.close()
  })
})

describe('row 29: times that are missing or too wide', () => {
  it.each(['exp', 'iat', 'sub', 'aud'])('without %s it is refused', async (name) => {
    expect(await codeOf(await signer.sign(without(name)))).toBe('invalid_token')
  })

  it.each([
    ['a life over the cap', { exp: 3601 }, 'invalid_token'],
    ['a life of the cap', { exp: 3600 }, 'accepted user-1'],
    ['a life for ever', { exp: 1e12 }, 'invalid_token'],
    ['an end before its start', { iat: 20, exp: 10 }, 'invalid_token'],
    ['nbf beyond the skew', { nbf: 31 }, 'invalid_token'],
    ['nbf within the skew', { nbf: 30 }, 'accepted user-1'],
    ['iat beyond the skew', { iat: 31 }, 'invalid_token'],
    ['iat within the skew', { iat: 30 }, 'accepted user-1'],
    ['exp beyond the skew', { iat: -600, exp: -30 }, 'token_expired'],
    ['exp within the skew', { iat: -600, exp: -29 }, 'accepted user-1'],
    ['an age over the cap', { iat: -3631, exp: 60 }, 'token_expired'],
  ])('%s', async (_what, times, expected) => {
    const at = Object.fromEntries(Object.entries(times).map(([name, s]) => [name, now() + s]))
    expect(await codeOf(await signer.sign(claims(at)))).toBe(expected)
  })

  it.each(['exp', 'iat', 'nbf'])('%s that is no finite number is refused', async (name) => {
    for (const value of ['"soon"', 'null', '[1]', '1e400']) {
      const body = JSON.stringify(claims({ [name]: 0 })).replace(
        `"${name}":0`,
        `"${name}":${value}`,
      )
      // Signed as it stands: SignJWT would not write such claims.
      const signed = await signer.signText(body)
      expect(await codeOf(signed)).toBe('invalid_token')
    }
  })
})

describe('row 30: another audience', () => {
  it.each([
    ['another API', 'https://other.acme.com', 'invalid_token'],
    ['a part of the name', 'https://api.acme.co', 'invalid_token'],
    ['another spelling', 'https://API.acme.com', 'invalid_token'],
    ['none in a list', [], 'invalid_token'],
    ['others in a list', ['https://a.com', 'https://b.com'], 'invalid_token'],
    ['this API among others', ['https://a.com', AUDIENCE], 'accepted user-1'],
  ])('%s', async (_what, aud, expected) => {
    expect(await codeOf(await signer.sign(claims({ aud })))).toBe(expected)
  })
})

describe('row 31: a token for something else', () => {
  let provider: LocalProvider
  beforeAll(async () => {
    provider = await startOidcProvider()
  })
  afterAll(() => provider.close())

  it.each(['id+jwt', 'logout+jwt', 'rt+jwt', 'secevent+jwt', 'dpop+jwt', 'JWT', ''])(
    'by its type %s is refused where access tokens are at+jwt',
    async (typ) => {
      const header = typ === '' ? { typ: undefined as never } : { typ }
      expect(await codeOf(await signer.sign(claims(), header))).toBe('invalid_token')
    },
  )

  const foreign: readonly (readonly [string, JWTPayload])[] = [
    ['an ID token with at_hash', { at_hash: 'x' }],
    ['an ID token with c_hash', { c_hash: 'x' }],
    ['an ID token with a nonce', { nonce: 'x' }],
    ['a logout token', { events: { 'http://schemas.openid.net/event/backchannel-logout': {} } }],
    ["Keycloak's ID token", { typ: 'ID' }],
    ["Keycloak's refresh token", { typ: 'Refresh' }],
    ["Keycloak's offline token", { typ: 'Offline' }],
    ["Cognito's ID token", { token_use: 'id' }],
    ['a token bound to a key of its holder', { cnf: { jkt: 'x' } }],
  ]

  it.each(foreign)('by its claims is refused under either type: %s', async (_what, change) => {
    const loose = open(issuerOf(host, { typ: 'JWT' }))
    expect(await codeOf(await signer.sign(claims(change)))).toBe('invalid_token')
    expect(await codeOf(await signer.sign(claims(change), { typ: 'JWT' }), loose)).toBe(
      'invalid_token',
    )
  })

  it('signed with the key of a real provider is refused all the same', async () => {
    const verifier = open(issuerOf(provider), issuerOf(host))
    const base = claims({ iss: provider.issuer })
    expect(await codeOf(await provider.sign({}, base), verifier)).toBe('accepted user-1')
    for (const [, change] of foreign) {
      const token = await provider.sign({}, { ...base, ...change })
      expect(await codeOf(token, verifier)).toBe('invalid_token')
    }
    expect(await codeOf(await provider.sign({ typ: 'JWT' }, base), verifier)).toBe('invalid_token')
  })

  it('an access token typed JWT, or not at all, is accepted where the definition says so', async () => {
    const loose = open(issuerOf(host, { typ: 'JWT' }))
    for (const typ of ['JWT', 'jwt', 'application/jwt', 'at+jwt', undefined as never]) {
      const change = { typ: 'Bearer', token_use: 'access', jti: String(typ) }
      expect(await codeOf(await signer.sign(claims(change), { typ }), loose)).toBe(
        'accepted user-1',
      )
    }
    expect(await codeOf(await signer.sign(claims(), { typ: 'id+jwt' }), loose)).toBe(
      'invalid_token',
    )
  })
})

describe('row 32: issuers side by side', () => {
  it('with equal key ids have keys of their own, and sign for themselves only', async () => {
    const other = await startKeyHost()
    const signerB = await createSigner('key-1')
    other.publish(signerB.publicJwk)
    const both = open(issuerOf(host), issuerOf(other))
    expect(await codeOf(await signer.sign(claims()), both)).toBe('accepted user-1')
    expect(await codeOf(await signerB.sign(claims({ iss: other.issuer })), both)).toBe(
      'accepted user-1',
    )
    expect(await codeOf(await signer.sign(claims({ iss: other.issuer })), both)).toBe(
      'invalid_token',
    )
    expect(await codeOf(await signerB.sign(claims()), both)).toBe('invalid_token')
    await other.close()
  })

  it('name a person by issuer and subject; an e-mail address is but a claim', async () => {
    const token = await signer.sign(claims({ email: 'boss@acme.com', email_verified: false }))
    const verified = await jwt.verifyJwt(token, clock.now())
    expect(verified).toMatchObject({ issuer: host.issuer, subject: 'user-1' })
    expect(Object.keys(verified)).not.toContain('email')
  })

  it.each([['', 7, null, ['user-1'], 'x'.repeat(256)]])(
    'a subject that is no name',
    async (...all) => {
      for (const sub of all) {
        expect(await codeOf(await signer.sign(claims({ sub: sub as never })))).toBe('invalid_token')
      }
    },
  )

  it.each(['organization', 'role'] as const)('a mapped %s is text or refused', async (field) => {
    const name = field === 'organization' ? 'org_id' : 'role'
    const read = async (value: unknown): Promise<unknown> =>
      jwt.verifyJwt(await signer.sign(claims({ [name]: value })), clock.now())
    expect(await read('one')).toMatchObject({ [field]: 'one' })
    expect(await read(undefined)).toMatchObject({ [field]: undefined })
    for (const value of [['one'], { one: 1 }, 1, '', null]) {
      expect(await read(value)).toMatchObject({ code: 'invalid_token' })
    }
  })
})

describe('rows 33 and 34: keys that cannot be had', () => {
  it('10 000 tokens with unknown key ids are refused after one fetch', async () => {
    const [, body, signature] = (await signer.sign(claims())).split('.')
    const tokens = Array.from({ length: 10_000 }, (_, n) => {
      return `${part({ alg: 'RS256', kid: `unknown-${n}`, typ: 'at+jwt' })}.${body}.${signature}`
    })
    const codes = await Promise.all(tokens.map((token) => codeOf(token)))
    expect(new Set(codes)).toEqual(new Set(['invalid_token']))
    expect(host.fetches).toBe(1)
    expect(await codeOf(await signer.sign(claims()))).toBe('accepted user-1')
    expect(host.fetches).toBe(1)
  })

  it('make it unavailable with a time to wait, and leave other issuers alone', async () => {
    const other = await startKeyHost()
    host.publish(signer.publicJwk)
    other.answer = always(500, '')
    const both = open(issuerOf(host), issuerOf(other))
    const refused = await both.verifyJwt(
      await signer.sign(claims({ iss: other.issuer })),
      clock.now(),
    )
    expect(refused).toMatchObject({ code: 'unavailable', retryAfterSeconds: 30 })
    expect(await codeOf(await signer.sign(claims()), both)).toBe('accepted user-1')
    await other.close()
  })

  it('a removed key is refused when ten minutes are over, though its token was remembered', async () => {
    const life = { exp: now() + 3000 }
    await codeOf(await signer.sign(claims()))
    host.publish()
    clock.advance(KEYS_STALE_MS - 1)
    const token = await signer.sign(claims(life))
    host.answer = always(500, '')
    expect(await codeOf(token)).toBe('accepted user-1')
    clock.advance(1)
    expect(await codeOf(token)).toBe('unavailable')
  })

  it('a flush ends a removed key at once, remembered or not', async () => {
    const token = await signer.sign(claims())
    expect(await codeOf(token)).toBe('accepted user-1')
    host.publish()
    expect(await codeOf(token)).toBe('accepted user-1')
    jwt.flush('https://another.acme.com')
    expect(await codeOf(token)).toBe('accepted user-1')
    jwt.flush(host.issuer)
    expect(jwt.recall(token, clock.now())).toBeUndefined()
    expect(await codeOf(token)).toBe('invalid_token')
  })
})

describe('a verified token is remembered', () => {
  it('for a minute at most', async () => {
    const token = await signer.sign(claims())
    await codeOf(token)
    clock.advance(59_999)
    expect(jwt.recall(token, clock.now())).toMatchObject({ subject: 'user-1' })
    clock.advance(1)
    expect(jwt.recall(token, clock.now())).toBeUndefined()
  })

  it('never beyond its end', async () => {
    const token = await signer.sign(claims({ exp: now() + 10 }))
    await codeOf(token)
    clock.advance(9_999)
    expect(jwt.recall(token, clock.now())).toMatchObject({ subject: 'user-1' })
    clock.advance(1)
    expect(jwt.recall(token, clock.now())).toBeUndefined()
  })

  it('for a minute also when somebody sets the clock back', async () => {
    const token = await signer.sign(claims())
    await codeOf(token)
    clock.jump(-3_600_000)
    clock.advance(60_000)
    expect(jwt.recall(token, clock.now())).toBeUndefined()
  })

  it('by the whole of it: another signature over the same text is another token', async () => {
    const token = await signer.sign(claims())
    await codeOf(token)
    const forged = `${token.split('.').slice(0, 2).join('.')}.${Buffer.alloc(256, 1).toString('base64url')}`
    expect(jwt.recall(forged, clock.now())).toBeUndefined()
    expect(await codeOf(forged)).toBe('invalid_token')
  })

  it('but not when a flush came while it was verified', async () => {
    await codeOf(await signer.sign(claims()))
    const token = await signer.sign(claims({ jti: 'another' }))
    const verified = jwt.verifyJwt(token, clock.now())
    jwt.flush()
    expect(await verified).toMatchObject({ subject: 'user-1' })
    expect(jwt.recall(token, clock.now())).toBeUndefined()
  })

  it('and a refused one never', async () => {
    const token = await signer.sign(claims({ aud: 'https://other.acme.com' }))
    await codeOf(token)
    expect(jwt.recall(token, clock.now())).toBeUndefined()
  })
})

describe('whatever is sent', () => {
  property(
    [
      fc.oneof(
        fc.string({ unit: 'binary' }),
        fc.json().map((text) => `${part(text)}.${part(text)}.AA`),
      ),
    ],
    'it is refused and nothing throws',
    async (text) => {
      expect(await codeOf(text)).toMatch(/^(invalid_token|unknown_issuer)$/)
    },
  )

  property(
    [fc.dictionary(fc.string(), fc.jsonValue())],
    'signed claims never throw',
    async (extra) => {
      const signed = await signer.sign({ ...extra, ...claims() })
      expect(await codeOf(signed)).toMatch(/^(accepted user-1|invalid_token)$/)
    },
  )

  it('a key that the runtime cannot use decides nothing', async () => {
    const broken: JWK = { kty: 'RSA', kid: 'key-1', n: '*'.repeat(342), e: 'AQAB' }
    host.publish(broken)
    expect(await codeOf(await signer.sign(claims()))).toMatch(/^(unavailable|invalid_token)$/)
  })
})
