// A real OpenID provider and a real server: its access token is good at every door.

import { seededRandom, TestClock } from '@keywright/core/testing'
import { createServer } from '@keywright/server'
import { startOidcProvider } from '@keywright/verifier/testing'
import { defineAuthority, openAuthority } from 'keywright'
import { describe, expect, it, onTestFinished } from 'vitest'
import { rememberSecret } from '../../../../tools/canary/registry.ts'

const AUDIENCE = 'https://api.acme.test'

async function openBoth() {
  const provider = await startOidcProvider()
  onTestFinished(() => provider.close())
  const failures: string[] = []
  const definition = defineAuthority({
    product: { name: 'Acme', slug: 'acme' },
    resources: { organizations: {} },
    scopes: ['a:read'],
    roles: { owner: ['*'] },
    keys: { org: { prefix: 'ac', bound: 'organizations', scopes: ['*'] } },
    issuers: [
      { issuer: provider.issuer, audience: AUDIENCE, algorithms: ['RS256'], people: 'join' },
    ],
  })
  const authority = await openAuthority(definition, {
    database: ':memory:',
    onKeysFailed: ({ failure }) => failures.push(failure),
  })
  onTestFinished(() => authority.close())
  const app = createServer({
    authority,
    clock: new TestClock(),
    random: seededRandom(3),
  })
  const url = await app.listen({ port: 0, host: '127.0.0.1' })
  onTestFinished(() => app.close())
  const me = (token: string): Promise<Response> =>
    fetch(`${url}/v1/me`, { headers: { authorization: `Bearer ${token}` } })
  const token = async (audience = AUDIENCE): Promise<string> => {
    const issued = await provider.token(audience)
    rememberSecret(issued)
    return issued
  }
  return { provider, authority, me, token, failures }
}

describe("a real provider's token", () => {
  it('says who is calling, and is refused when it is for another API or cut', async () => {
    const { provider, me, token } = await openBoth()
    const issued = await token()
    const answer = await me(issued)
    expect(answer.status).toBe(200)
    const { issuer, subject } = provider
    expect(await answer.json()).toMatchObject({ type: 'token', issuer, subject })
    expect((await me(await token('https://other.acme.test'))).status).toBe(401)
    expect((await me(issued.slice(0, -3))).status).toBe(401)
  })

  it('is good again after a flush, which has the keys fetched anew', async () => {
    const { provider, authority, me, token } = await openBoth()
    const issued = await token()
    await me(issued)
    const asked = provider.asked.length
    await me(issued)
    expect(provider.asked).toHaveLength(asked)
    authority.issuers.flush(provider.issuer)
    expect((await me(issued)).status).toBe(200)
    expect(provider.asked.slice(asked)).toContain('/jwks')
  })

  it('is neither good nor bad when the provider cannot be asked: 503, and the operator is told', async () => {
    const { provider, me, token, failures } = await openBoth()
    const issued = await token()
    await provider.close()
    const answer = await me(issued)
    expect(answer.status).toBe(503)
    expect(answer.headers.get('retry-after')).toMatch(/^\d+$/)
    expect(failures).not.toEqual([])
  })
})
