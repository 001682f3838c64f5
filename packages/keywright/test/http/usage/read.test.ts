import { usageAnswerSchema } from '@keywright/contract'
import { seededRandom } from '@keywright/core/testing'
import { createServer } from '@keywright/server'
import { describe, expect, it, onTestFinished } from 'vitest'
import { expectProblem, openSite } from '../open-site.ts'

const url = '/v1/usage'

describe('GET /v1/usage', () => {
  it('200 has the quotas of the calling key, or of the one that is asked for', async () => {
    const { ask, org, mint, authority } = await openSite()
    const metered = await mint('metered', 'organizations/o1')
    await authority.verify({ credential: metered.secret, cost: 2 })
    const quota = { limit: 3, remaining: 1, used: 2, period: '2026-11', mode: 'live' }
    for (const [as, query] of [
      [metered.secret, ''],
      [org.secret, `?key_id=${metered.id}`],
    ] as const) {
      const { quotas } = usageAnswerSchema.parse((await ask({ url: `${url}${query}`, as })).body)
      expect(quotas).toMatchObject([{ ...quota, period_ends_at: '2026-12-01T00:00:00Z' }])
    }
    expect(usageAnswerSchema.parse((await ask({ url, as: org.secret })).body).quotas).toEqual([])
  })

  it('200 has use by key and day of the current month, or of the days that are asked for', async () => {
    const { org, mint, world } = await openSite()
    const metered = await mint('metered', 'organizations/o1')
    await world.authority.verify({ credential: metered.secret, cost: 2 })
    await world.authority.verify({ credential: metered.secret, cost: 2 })
    // Use is written when an authority closes, at the latest.
    await world.reopen()
    const { authority, clock } = world
    const app = createServer({ authority, clock, random: seededRandom(3) })
    onTestFinished(() => app.close())
    const headers = { authorization: `Bearer ${org.secret}` }
    const read = async (query: string): Promise<unknown> =>
      usageAnswerSchema.parse((await app.inject({ url: `${url}${query}`, headers })).json()).data
    const row = { key_id: metered.id, kind: 'metered', resource: 'organizations/o1', mode: 'live' }
    const day = { day: '2026-11-21', allowed: 1, refused: 1, units: 2 }
    expect(await read('')).toEqual([{ ...row, ...day }])
    expect(await read('?from=2026-11-21&to=2026-11-21')).toHaveLength(1)
    expect(await read('?from=2026-10-01&to=2026-10-31')).toEqual([])
  })

  it('is open, as keys are, to a key that has used the month up: what leaked can be ended', async () => {
    const { ask, mint, authority } = await openSite()
    const { id, secret } = await mint('metered', 'organizations/o1')
    await authority.verify({ credential: secret, cost: 3 })
    const refused = await authority.verify({ credential: secret })
    expect(refused).toMatchObject({ allowed: false, code: 'quota_exhausted' })
    for (const [method, at, status] of [
      ['GET', url, 200],
      ['GET', '/v1/me', 200],
      ['GET', '/v1/keys', 200],
      ['GET', `/v1/keys/${id}`, 200],
      ['PATCH', `/v1/keys/${id}`, 200],
      ['DELETE', `/v1/keys/${id}`, 200],
      ['GET', url, 401],
    ] as const) {
      const body = method === 'PATCH' ? { body: { name: 'leaked' } } : {}
      const answer = await ask({ method, url: at, as: secret, ...body })
      expect([method, at, answer.status]).toEqual([method, at, status])
    }
  })

  it('403, 404 and 422 refuse who may not look, keys of others and days that are none', async () => {
    const { ask, org, other, verifier } = await openSite()
    expectProblem(await ask({ url, as: verifier.secret }), 403, 'insufficient_scope')
    expectProblem(
      await ask({ url: `${url}?key_id=${other.id}`, as: org.secret }),
      404,
      'key_not_found',
    )
    for (const query of ['from=2026-02-30', 'to=yesterday', 'cursor=eA', 'days=3']) {
      expectProblem(await ask({ url: `${url}?${query}`, as: org.secret }), 422, 'invalid_request')
    }
  })
})
