import { seededRandom } from '@keywright/core/testing'
import { generateSecret } from '@keywright/token'
import { describe, expect, it } from 'vitest'
import { expectProblem, openSite } from '../open-site.ts'

const url = '/v1/forward-auth'

describe('200', () => {
  it('says in headers who it is, to every method, with an empty body', async () => {
    const { ask, mint } = await openSite()
    const { id, secret } = await mint('org', 'organizations/o1', { scopes: ['agents:*'] })
    for (const method of ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']) {
      const answer = await ask({ method, url: `${url}?scope=agents:write&mode=live`, as: secret })
      expect([answer.status, answer.text]).toEqual([200, ''])
      expect(answer.headers).toMatchObject({
        'content-length': '0',
        'x-keywright-key-id': id,
        'x-keywright-kind': 'org',
        'x-keywright-resource': 'organizations/o1',
        'x-keywright-holder': 'organizations/o1',
        'x-keywright-mode': 'live',
        'x-keywright-scopes': 'agents:read agents:write',
      })
    }
  })

  it('takes a unit of the quota and tells how the limit stands', async () => {
    const { ask, mint } = await openSite()
    const { secret } = await mint('metered', 'organizations/o1')
    const answer = await ask({ url, as: secret })
    expect(answer.headers['ratelimit']).toMatch(/^"quota";r=2;t=\d+$/)
  })

  it('reads no body', async () => {
    const { ask, org } = await openSite()
    const headers = { 'content-type': 'application/octet-stream' }
    const answer = await ask({
      method: 'POST',
      url,
      as: org.secret,
      headers,
      body: 'x'.repeat(100_000),
    })
    expect(answer.status).toBe(200)
  })

  it('takes below the address what a proxy appends, and can only be narrowed by it', async () => {
    const { ask, verifier } = await openSite()
    const as = verifier.secret
    expect((await ask({ url: `${url}/app/list?page=2&page=3`, as })).status).toBe(200)
    const narrowed = await ask({ url: `${url}/app?scope=agents:read`, as })
    expectProblem(narrowed, 403, 'insufficient_scope')
    expectProblem(await ask({ url: `${url}/?page=2`, as }), 422, 'invalid_request')
  })
})

describe('refusals', () => {
  it('repeats status and code in headers for proxies that answer in their own way', async () => {
    const { ask, org, mint, authority } = await openSite()
    const said = async (path: string, as?: string): Promise<unknown[]> => {
      const answer = await ask({ url: `${url}${path}`, ...(as === undefined ? {} : { as }) })
      expectProblem(answer, answer.status, String(answer.headers['x-keywright-code']))
      expect(answer.headers['x-keywright-status']).toBe(String(answer.status))
      return [answer.status, answer.headers['x-keywright-code']]
    }
    const agent = await mint('agent', 'organizations/o1/agents/a1')
    expect(await said('')).toEqual([401, 'missing_credential'])
    expect(await said('', 'nonsense')).toEqual([401, 'invalid_key'])
    expect(await said('?scope=agents:write', agent.secret)).toEqual([403, 'insufficient_scope'])
    expect(await said('?mode=test', agent.secret)).toEqual([403, 'wrong_mode'])
    expect(await said('?resource=organizations/o2', agent.secret)).toEqual([
      403,
      'outside_resource',
    ])
    await said('?scope=x:y', agent.secret)
    expect(await said('?scope=x:y', org.secret)).toEqual([422, 'unknown_scope'])
    expect(await said('?scope=agents:read&scope=agents:read', org.secret)).toEqual([
      422,
      'invalid_request',
    ])
    for (const query of ['?scop=x', '?__proto__=x', '?constructor=x', '/?scop=x']) {
      expect(await said(query, org.secret)).toEqual([422, 'invalid_request'])
    }
    await ask({ url, as: agent.secret })
    await ask({ url, as: agent.secret })
    expect(await said('', agent.secret)).toEqual([429, 'rate_limited'])
    await authority.keys.revoke(agent.id)
    expect(await said('', agent.secret)).toEqual([401, 'key_revoked'])
    expect(await said(`?api_key=${org.secret}`)).toEqual([400, 'credential_in_url'])
  })

  it('says 503 when it cannot decide', async () => {
    const { ask, mint, authority } = await openSite()
    const { secret } = await mint('org', 'organizations/o1')
    await authority.close()
    expectProblem(await ask({ url, as: secret }), 503, 'unavailable')
  })
})

describe('guesses', () => {
  it('are slowed down by the network they come from, which only a trusted proxy may name', async () => {
    const { ask, org } = await openSite({ trustedProxies: ['10.0.0.0/8'] })
    const guess = (n: number): string => generateSecret('si_sk_live', seededRandom(n + 1))
    await ask({ url, as: org.secret })
    const from = '203.0.113.9'
    const headers = { 'x-forwarded-for': '198.51.100.7' }
    let last = 0
    for (let n = 0; n < 120; n += 1) last = (await ask({ url, as: guess(n), from, headers })).status
    expect(last).toBe(429)
    const elsewhere = await ask({ url, as: guess(500), from: '10.1.2.3', headers })
    expect(elsewhere.status).toBe(401)
    expect((await ask({ url, as: org.secret, from })).status).toBe(200)
  })
})
