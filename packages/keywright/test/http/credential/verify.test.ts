import { decisionSchema } from '@keywright/contract'
import { describe, expect, it } from 'vitest'
import type { Answered, Site } from '../open-site.ts'
import { expectProblem, openSite } from '../open-site.ts'

const url = '/v1/verify'
const method = 'POST'

async function verify(site: Site, body: object, as = site.verifier.secret): Promise<Answered> {
  return site.ask({ method, url, as, body })
}

describe('200', () => {
  it('says who the credential acts as', async () => {
    const site = await openSite()
    const agent = await site.mint('agent', 'organizations/o1/agents/a1', {
      metadata: { é: '"\\\n' },
    })
    const ask = { scope: 'agents:read', resource: 'organizations/-/agents/a1', mode: 'live' }
    const answer = await verify(site, { credential: agent.secret, ...ask })
    expect(answer.status).toBe(200)
    expect(decisionSchema.parse(answer.body)).toEqual({
      allowed: true,
      code: 'allowed',
      principal: {
        type: 'key',
        key_id: agent.id,
        kind: 'agent',
        holder: 'organizations/o1/agents/a1',
        resource: 'organizations/o1/agents/a1',
        mode: 'live',
        scopes: ['agents:read', 'keys:read'],
        expires_at: null,
        metadata: { é: '"\\\n' },
      },
      limit: { name: 'rate', limit: 2, remaining: 1, reset_seconds: 1, window_seconds: 1 },
    })
  })

  it('says no with the status a resource server should answer', async () => {
    const site = await openSite()
    const agent = await site.mint('agent', 'organizations/o1/agents/a1')
    const { secret: credential } = agent
    const said = async (body: object): Promise<unknown> => {
      const { status, body: decision } = await verify(site, { credential, ...body })
      expect(status).toBe(200)
      const { code, status: toAnswer } = decisionSchema.parse(decision) as {
        code: string
        status: number
      }
      return [code, toAnswer]
    }
    expect(await said({ scope: 'agents:write' })).toEqual(['insufficient_scope', 403])
    expect(await said({ mode: 'test' })).toEqual(['wrong_mode', 403])
    expect(await said({ resource: 'organizations/o2' })).toEqual(['outside_resource', 403])
    await said({})
    await said({})
    expect(await said({})).toEqual(['rate_limited', 429])
    await site.authority.keys.revoke(agent.id)
    expect(await said({})).toEqual(['key_revoked', 401])
  })

  it('answers foreign, unknown and malformed credentials with one and the same text', async () => {
    const site = await openSite()
    const before = await verify(site, { credential: site.other.secret })
    const foreign = await verify(site, { credential: site.other.secret, scope: 'agents:read' })
    const unknown = await verify(site, { credential: `si_sk_live_${'0'.repeat(36)}` })
    const empty = await verify(site, { credential: '' })
    expect(decisionSchema.parse(before.body)).toMatchObject({ code: 'invalid_key', status: 401 })
    expect(new Set([before, foreign, unknown, empty].map(({ text }) => text)).size).toBe(1)
  })

  it('takes nothing from the limits of a foreign key', async () => {
    const site = await openSite()
    const agent = await site.mint('agent', 'organizations/o2/agents/a1')
    for (let call = 0; call < 5; call += 1) await verify(site, { credential: agent.secret })
    const decision = await site.authority.verify({ credential: agent.secret })
    expect(decision).toMatchObject({ allowed: true, limit: { remaining: 1 } })
  })

  it('takes a cost from the quota, and a request id once', async () => {
    const site = await openSite()
    const { secret: credential } = await site.mint('metered', 'organizations/o1')
    const remaining = async (body: object): Promise<number> =>
      (await verify(site, { credential, ...body })).body.limit.remaining
    expect(await remaining({ cost: 2, request_id: 'r1' })).toBe(1)
    expect(await remaining({ cost: 2, request_id: 'r1' })).toBe(1)
    const refused = await verify(site, { credential, cost: 2 })
    expect(decisionSchema.parse(refused.body)).toMatchObject({
      code: 'quota_exhausted',
      status: 429,
    })
  })
})

describe('400', () => {
  it('refuses a body that is no JSON, two credentials, and one in the URL', async () => {
    const { ask, verifier, org } = await openSite()
    const json = { 'content-type': 'application/json' }
    const as = verifier.secret
    expectProblem(await ask({ method, url, as, headers: json, body: '{' }), 400, 'malformed_body')
    const both = await ask({ method, url, as, headers: { 'x-api-key': org.secret }, body: {} })
    expectProblem(both, 400, 'conflicting_credentials')
    const twice = { authorization: [`Bearer ${as}`, `Bearer ${org.secret}`] }
    expectProblem(
      await ask({ method, url, headers: twice, body: {} }),
      400,
      'conflicting_credentials',
    )
    const inUrl = await ask({ method, url: `${url}?access_token=${org.secret}`, as, body: {} })
    expectProblem(inUrl, 400, 'credential_in_url')
    expect(inUrl.text).not.toContain(org.secret)
  })
})

describe('401', () => {
  it('asks for a credential before it looks at the body', async () => {
    const { ask } = await openSite()
    expectProblem(await ask({ method, url, body: { any: 'thing' } }), 401, 'missing_credential')
    expectProblem(await ask({ method, url, as: 'nonsense', body: {} }), 401, 'invalid_key')
  })
})

describe('403', () => {
  it('asks for keys:verify (row 24)', async () => {
    const site = await openSite()
    const agent = await site.mint('agent', 'organizations/o1/agents/a1')
    const answer = await verify(site, { credential: agent.secret }, agent.secret)
    expectProblem(answer, 403, 'insufficient_scope')
    expect(answer.body.scope).toBe('keys:verify')
  })
})

describe('413 and 415', () => {
  it('refuses bodies that are too large or of another type', async () => {
    const { ask, verifier } = await openSite()
    const as = verifier.secret
    const large = await ask({ method, url, as, body: { credential: 'x'.repeat(70_000) } })
    expectProblem(large, 413, 'body_too_large')
    const text = { 'content-type': 'text/plain' }
    expectProblem(
      await ask({ method, url, as, headers: text, body: '{}' }),
      415,
      'unsupported_media_type',
    )
  })
})

describe('422', () => {
  it('tells a scope, mode or resource that nobody declared from a refusal', async () => {
    const site = await openSite()
    const credential = site.org.secret
    const wrong = [
      [{ scope: 'agents:fly' }, 'unknown_scope'],
      [{ mode: 'prod' }, 'invalid_mode'],
      [{ resource: '/organizations/o1' }, 'invalid_resource'],
      [{ resource: 'organizations/o1/agnts/a1' }, 'invalid_resource'],
      [{ cost: -1 }, 'invalid_request'],
      [{ cost: 1.5 }, 'invalid_request'],
      [{ principal: {} }, 'invalid_request'],
    ] as const
    for (const [ask, code] of wrong)
      expectProblem(await verify(site, { credential, ...ask }), 422, code)
    expectProblem(await verify(site, {}), 422, 'invalid_request')
    const secret = await verify(site, { credential, scope: site.org.secret })
    expect(secret.text).not.toContain(site.org.secret)
  })

  it('takes no query', async () => {
    const { ask, verifier } = await openSite()
    const answer = await ask({ method, url: `${url}?scope=x`, as: verifier.secret, body: {} })
    expectProblem(answer, 422, 'invalid_request')
  })
})

describe('503', () => {
  it('says that it cannot decide, never no and never yes', async () => {
    const site = await openSite()
    const { secret } = await site.mint('org', 'organizations/o1')
    await site.authority.close()
    const answer = await verify(site, { credential: secret })
    expectProblem(answer, 503, 'unavailable')
    expect(answer.headers['retry-after']).toBe('1')
  })
})
