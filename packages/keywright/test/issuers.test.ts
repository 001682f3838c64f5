import { startOidcProvider } from '@keywright/verifier/testing'
import { defineAuthority, openIssuers } from 'keywright'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const audience = 'https://api.acme.test'
let provider: Awaited<ReturnType<typeof startOidcProvider>>

beforeAll(async () => {
  provider = await startOidcProvider()
})
afterAll(() => provider.close())

describe('the issuers of a definition', () => {
  it('say who a token of a real provider is of, and refuse what it did not sign for this API', async () => {
    const issuers = openIssuers(
      defineAuthority({
        product: { name: 'Acme', slug: 'acme' },
        resources: { organizations: {} },
        scopes: ['a:read'],
        keys: { org: { prefix: 'ac', bound: 'organizations', scopes: ['*'] } },
        issuers: [{ issuer: provider.issuer, audience, algorithms: ['RS256'] }],
      }),
    )
    const token = await provider.token(audience)
    const { issuer, subject } = provider
    expect(await issuers.verify(token)).toMatchObject({ issuer, subject })
    const other = await issuers.verify(await provider.token('https://other.acme.test'))
    expect(other).toMatchObject({ allowed: false, code: 'invalid_token' })
    const cut = await issuers.verify(token.slice(0, -3))
    expect(cut).toMatchObject({ allowed: false, code: 'invalid_token' })
    issuers.flush()
    expect(await issuers.verify(token)).toMatchObject({ subject })
  })
})
