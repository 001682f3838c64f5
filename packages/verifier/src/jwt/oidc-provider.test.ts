// Against a real OpenID provider: what it issues is accepted, and nothing else of it.

import { TestClock } from '@keywright/core/testing'
import { defineAuthority } from '@keywright/core'
import type { IssuerInput } from '@keywright/core'
import { decodeJwt, decodeProtectedHeader } from 'jose'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { LocalProvider } from '../../testing/oidc-provider.ts'
import { startOidcProvider } from '../../testing/oidc-provider.ts'
import { rememberSecret } from '../../../../tools/canary/registry.ts'
import { guardedGet } from './guarded-get.ts'
import { JwtVerifier } from './verify-token.ts'

const AUDIENCE = 'https://api.acme.com'
let provider: LocalProvider

beforeAll(async () => {
  provider = await startOidcProvider({ claims: { org_id: 'org_1', role: 'admin' } })
})
afterAll(() => provider.close())

function open(change: Partial<IssuerInput> = {}): JwtVerifier {
  const { issuers } = defineAuthority({
    product: { name: 'Acme', slug: 'acme' },
    resources: { organizations: {} },
    scopes: ['agents:read'],
    roles: { owner: ['*'] },
    keys: { org: { prefix: 'ac_sk', bound: 'organizations', scopes: ['*'] } },
    issuers: [
      {
        issuer: provider.issuer,
        audience: AUDIENCE,
        algorithms: ['RS256'],
        claims: { organization: 'org_id', role: 'role' },
        ...change,
      },
    ],
  })
  return new JwtVerifier({ issuers, get: guardedGet(), clock: new TestClock() })
}

async function fetchToken(audience = AUDIENCE): Promise<string> {
  const token = await provider.token(audience)
  rememberSecret(token)
  return token
}

it("a real provider's access token is accepted, and says who and for whom", async () => {
  const token = await fetchToken()
  expect(decodeProtectedHeader(token)).toMatchObject({ alg: 'RS256', typ: 'at+jwt' })
  const verified = await open().verifyJwt(token, Date.now())
  expect(verified).toMatchObject({
    issuer: provider.issuer,
    subject: provider.subject,
    organization: 'org_1',
    role: 'admin',
    expiresAt: (decodeJwt(token).exp as number) * 1000,
  })
})

it('its keys are found once by discovery, and a verified token asks for nothing more', async () => {
  const jwt = open()
  const before = provider.asked.length
  const token = await fetchToken()
  const now = Date.now()
  expect(jwt.recall(token, now)).toBeUndefined()
  const verified = await jwt.verifyJwt(token, now)
  expect(jwt.recall(token, now)).toBe(verified)
  expect(await jwt.verifyJwt(await fetchToken(), now)).toMatchObject({ subject: provider.subject })
  expect(provider.asked.slice(before)).toEqual([
    '/token',
    '/.well-known/openid-configuration',
    '/jwks',
    '/token',
  ])
})

it('row 30: its token for another API is refused', async () => {
  expect(await open().verifyJwt(await fetchToken('https://other.acme.com'), Date.now())).toEqual(
    expect.objectContaining({ code: 'invalid_token' }),
  )
})

it('row 27: its RS256 is refused where the definition pins another algorithm', async () => {
  const verifier = open({ algorithms: ['PS256', 'ES256'] })
  const before = provider.asked.length
  const token = await fetchToken()
  expect(await verifier.verifyJwt(token, Date.now())).toMatchObject({ code: 'invalid_token' })
  expect(provider.asked.slice(before)).toEqual(['/token'])
})

it('its token is refused when it has expired, and accepted within the skew of clocks', async () => {
  const verifier = open()
  const token = await fetchToken()
  const { exp = 0 } = decodeJwt(token)
  expect(await verifier.verifyJwt(token, (exp + 29) * 1000)).toMatchObject({
    subject: provider.subject,
  })
  expect(await verifier.verifyJwt(token, (exp + 30) * 1000)).toMatchObject({
    code: 'token_expired',
  })
})

it('a token that lives longer than the definition allows is refused', async () => {
  const token = await fetchToken()
  expect(await open({ maxAgeSeconds: 599 }).verifyJwt(token, Date.now())).toMatchObject({
    code: 'invalid_token',
  })
  expect(await open({ maxAgeSeconds: 600 }).verifyJwt(token, Date.now())).toMatchObject({
    subject: provider.subject,
  })
})

it('a token that was touched is refused', async () => {
  const verifier = open()
  const token = await fetchToken()
  const [head, body, signature] = token.split('.') as [string, string, string]
  const claims = { ...decodeJwt(token), sub: 'somebody-else' }
  const forged = Buffer.from(JSON.stringify(claims)).toString('base64url')
  for (const text of [
    `${head}.${forged}.${signature}`,
    `${head}.${body}.${signature.slice(4)}${signature.slice(0, 4)}`,
    `${head}.${body}.${Buffer.alloc(256).toString('base64url')}`,
  ]) {
    expect(await verifier.verifyJwt(text, Date.now())).toMatchObject({ code: 'invalid_token' })
  }
})
