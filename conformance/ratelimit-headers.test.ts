// draft-ietf-httpapi-ratelimit-headers-11: RateLimit header fields for HTTP, and RFC 6585 section 4 (429).

import { describe, expect, it } from 'vitest'
import { bearer, openSite } from './site/open-site.ts'

/** One item of a Structured Field list: a string with integer parameters. */
function item(field: string | undefined): { name: string; parameters: Record<string, number> } {
  const [, name = '', rest = ''] = /^"([^"\\]*)"((?:;[a-z]+=\d+)*)$/.exec(field ?? '') ?? []
  const pairs = rest
    .split(';')
    .filter(Boolean)
    .map((pair) => pair.split('='))
  return { name, parameters: Object.fromEntries(pairs.map(([key, value]) => [key, Number(value)])) }
}

describe('draft-ietf-httpapi-ratelimit-headers-11', () => {
  it('section 3: RateLimit-Policy names the policy with its quota and window', async () => {
    const { ask, mint } = await openSite()
    const { secret } = await mint('agent', 'organizations/o1/agents/a1')
    const answer = await ask('/v1/forward-auth', { headers: bearer(secret) })
    expect(item(answer.headers['ratelimit-policy'])).toEqual({
      name: 'rate',
      parameters: { q: 2, w: 1 },
    })
  })

  it('section 4: RateLimit counts down what remains and says when it is whole again', async () => {
    const { ask, mint, clock } = await openSite()
    const { secret } = await mint('agent', 'organizations/o1/agents/a1')
    const left = async (): Promise<number | undefined> =>
      item((await ask('/v1/forward-auth', { headers: bearer(secret) })).headers['ratelimit'])
        .parameters['r']
    expect([await left(), await left(), await left()]).toEqual([1, 0, 0])
    clock.advance(1000)
    expect(await left()).toBe(1)
  })

  it('section 4: both fields name the same policy', async () => {
    const { ask, mint } = await openSite()
    const { secret } = await mint('metered', 'organizations/o1')
    const { headers } = await ask('/v1/forward-auth', { headers: bearer(secret) })
    expect(item(headers['ratelimit']).name).toBe('quota')
    expect(item(headers['ratelimit-policy']).name).toBe('quota')
  })

  it('says nothing where no limit holds', async () => {
    const { ask, mint } = await openSite()
    const { secret } = await mint('org', 'organizations/o1')
    const { headers } = await ask('/v1/me', { headers: bearer(secret) })
    expect([headers['ratelimit'], headers['ratelimit-policy']]).toEqual([undefined, undefined])
  })
})

describe('RFC 6585', () => {
  it('section 4: 429 says by Retry-After how long to wait, and waiting so long helps', async () => {
    const { ask, mint, clock } = await openSite()
    const { secret } = await mint('agent', 'organizations/o1/agents/a1')
    const headers = bearer(secret)
    for (let call = 0; call < 2; call += 1) await ask('/v1/me', { headers })
    const answer = await ask('/v1/me', { headers })
    expect([answer.status, answer.json()['code']]).toEqual([429, 'rate_limited'])
    expect(item(answer.headers['ratelimit']).parameters['r']).toBe(0)
    clock.advance(Number(answer.headers['retry-after']) * 1000)
    expect((await ask('/v1/me', { headers })).status).toBe(200)
  })

  it('section 4: a used-up quota is 429 too, with the time until the month ends', async () => {
    const { ask, mint, clock } = await openSite()
    const { secret } = await mint('metered', 'organizations/o1')
    const headers = bearer(secret)
    for (let call = 0; call < 2; call += 1) await ask('/v1/forward-auth', { headers })
    const answer = await ask('/v1/forward-auth', { headers })
    expect([answer.status, answer.json()['code']]).toEqual([429, 'quota_exhausted'])
    clock.advance(Number(answer.headers['retry-after']) * 1000)
    expect((await ask('/v1/forward-auth', { headers })).status).toBe(200)
  })
})
