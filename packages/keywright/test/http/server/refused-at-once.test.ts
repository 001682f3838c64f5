import { describe, expect, it } from 'vitest'
import { good } from '../../people/lab.ts'
import { expectProblem, openSite } from '../open-site.ts'

const resource = 'organizations/o1'

describe('a person who is disabled', () => {
  it('is refused with every key and session at once, also cached ones, until enabled (row 21)', async () => {
    const { ask, authority, join, mint, world } = await openSite()
    const ann = await join('ann', { [resource]: 'owner' })
    const bob = await join('bob', { [resource]: 'owner' })
    const narrow = await mint('personal', resource, { holder: ann.space })
    const secrets = [ann.secret, narrow.secret]
    const session = {
      personId: ann.person.id,
      sessionId: 'ses_1',
      authenticatedAt: world.clock.now(),
      expiresAt: world.clock.now() + 60_000,
    }
    const answers = async () => {
      const asked = secrets.map((as) => ask({ url: `/v1/members?resource=${resource}`, as }))
      const statuses = (await Promise.all(asked)).map(({ status }) => status)
      const { allowed } = await authority.verifySession({ ...session, resource })
      return [...statuses, allowed]
    }
    expect(await answers()).toEqual([200, 200, true])
    await good(authority.resources.disable(ann.space))
    expect(await answers()).toEqual([401, 401, false])
    expectProblem(await ask({ url: '/v1/me', as: ann.secret }), 401, 'resource_disabled')
    // Their role is there and gives nobody anything; others go on.
    expect((await ask({ url: '/v1/me', as: bob.secret })).status).toBe(200)
    await good(authority.resources.enable(ann.space))
    expect(await answers()).toEqual([200, 200, true])
    await good(authority.resources.end(ann.space))
    expect(await answers()).toEqual([401, 401, false])
  })
})

describe('an organization that is disabled', () => {
  it('refuses its keys, those below and what people could do there, and nothing else of theirs (row 21)', async () => {
    const { ask, authority, join, mint, org } = await openSite()
    const ann = await join('ann', { [resource]: 'owner', 'organizations/o2': 'owner' })
    const agent = await mint('agent', `${resource}/agents/a1`)
    const narrow = await mint('personal', resource, { holder: ann.space })
    await good(authority.resources.disable(resource))
    for (const { secret } of [org, agent, narrow]) {
      expectProblem(await ask({ url: '/v1/me', as: secret }), 401, 'resource_disabled')
    }
    const members = (place: string) => ask({ url: `/v1/members?resource=${place}`, as: ann.secret })
    expectProblem(await members(resource), 403, 'outside_resource')
    expect((await members('organizations/o2')).status).toBe(200)
  })
})

describe('what was tried on the key of another', () => {
  it('is in the log with who tried, and has no effect (row 13)', async () => {
    const { ask, org, other, lines, world } = await openSite()
    const events = () => world.rows('select count(*) as n from events')
    const before = events()
    for (const [method, path] of [
      ['GET', ''],
      ['PATCH', ''],
      ['DELETE', ''],
      ['POST', '/rotate'],
    ] as const) {
      const url = `/v1/keys/${other.id}${path}`
      const body = method === 'PATCH' ? { name: 'mine' } : undefined
      expectProblem(await ask({ method, url, as: org.secret, body }), 404, 'key_not_found')
      const line: unknown = JSON.parse(lines.at(-1) as string)
      expect(line).toMatchObject({ method, status: 404, key_id: org.id })
    }
    expect(events()).toEqual(before)
  })
})
