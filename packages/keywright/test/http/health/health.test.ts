import { healthSchema, readinessSchema } from '@keywright/contract'
import { describe, expect, it } from 'vitest'
import { expectProblem, openSite } from '../open-site.ts'

describe('GET /healthz', () => {
  it('200 while the process lives, whatever the database does', async () => {
    const { ask, authority } = await openSite()
    await authority.close()
    expect(healthSchema.parse((await ask({ url: '/healthz' })).body)).toEqual({ status: 'ok' })
  })
})

describe('GET /readyz', () => {
  it('200 when decisions can be made', async () => {
    const { ask } = await openSite()
    expect(readinessSchema.parse((await ask({ url: '/readyz' })).body)).toEqual({ status: 'ready' })
  })

  it('503 when the database does not answer', async () => {
    const { ask, authority } = await openSite()
    await authority.close()
    const answer = await ask({ url: '/readyz' })
    expectProblem(answer, 503, 'unavailable')
    expect(answer.headers['retry-after']).toBe('1')
  })

  it('503 when the server drains, while it still answers and lets go of connections', async () => {
    const { ask, app, org } = await openSite()
    app.drain()
    expectProblem(await ask({ url: '/readyz' }), 503, 'unavailable')
    for (const url of ['/v1/me', '/v1/forward-auth']) {
      const answer = await ask({ url, as: org.secret })
      expect([answer.status, answer.headers['connection']]).toEqual([200, 'close'])
    }
  })
})
