import { describe, expect, it } from 'vitest'
import { openSite } from '../open-site.ts'

describe('GET /metrics', () => {
  it('200 counts decisions and requests by pattern and status, without ids or secrets', async () => {
    const { ask, org, lines } = await openSite()
    await ask({ url: `/v1/keys/${org.id}`, as: org.secret })
    await ask({ url: '/v1/forward-auth?scope=agents:read', as: org.secret })
    await ask({ url: '/v1/forward-auth', as: 'nonsense' })
    await ask({ url: '/metrics' })
    // A request is counted when its answer has gone out, which may be after it arrived.
    await expect.poll(() => lines.length).toBe(2)
    const answer = await ask({ url: '/metrics' })
    expect(answer.headers['content-type']).toContain('text/plain')
    for (const line of [
      'keywright_decisions_total{code="allowed"} 2',
      'keywright_decisions_total{code="invalid_key"} 1',
      'keywright_http_requests_total{route="/v1/keys/:id",status="200"} 1',
      'keywright_http_requests_total{route="/v1/forward-auth",status="401"} 1',
      'keywright_http_request_duration_seconds_bucket{route="/metrics",status="200",le="+Inf"} 1',
      'keywright_http_request_duration_seconds_count{route="/v1/forward-auth",status="200"} 1',
      'keywright_cached_keys 1',
    ]) {
      expect(answer.text).toContain(`${line}\n`)
    }
    expect(answer.text).toContain('process_cpu_seconds_total')
    expect(answer.text).not.toContain(org.id)
  })
})

describe('the log', () => {
  it('has one line of JSON a request: the pattern, never the URL, and no header', async () => {
    const { ask, org, lines } = await openSite()
    await ask({ url: `/v1/keys?kind=agent`, as: org.secret, headers: { 'x-secretive': 'value' } })
    await ask({ url: `/nowhere/${org.id}?a=b` })
    await expect.poll(() => lines.length).toBe(2)
    const parsed = lines.map((line) => JSON.parse(line) as Record<string, unknown>)
    expect(
      parsed.map(({ method, route, status, key_id }) => [method, route, status, key_id]),
    ).toEqual([
      ['GET', '/v1/keys', 200, org.id],
      ['GET', 'none', 404, undefined],
    ])
    expect(lines.join('')).not.toMatch(/kind=|a=b|secretive|nowhere/)
  })

  it('has no line for what the busy doors decided, and one for what they could not', async () => {
    const { ask, mint, authority, lines } = await openSite()
    const { id, secret } = await mint('org', 'organizations/o1')
    await ask({ url: '/v1/forward-auth?mode=live', as: secret })
    await ask({ url: '/v1/forward-auth', as: 'nonsense' })
    expect(lines).toEqual([])
    const { secret: unseen } = await mint('org', 'organizations/o1')
    await authority.close()
    await ask({ url: '/v1/forward-auth?mode=live', as: unseen })
    expect(lines.map((line) => JSON.parse(line) as object)).toMatchObject([
      { route: '/v1/forward-auth', status: 503 },
    ])
    expect(lines.join('')).not.toContain(id)
  })
})
