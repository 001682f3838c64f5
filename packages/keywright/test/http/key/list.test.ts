import { keyPageSchema } from '@keywright/contract'
import { describe, expect, it } from 'vitest'
import { principalOf, shown } from '../../world/open-world.ts'
import { expectProblem, openSite } from '../open-site.ts'

const url = '/v1/keys'

describe('200', () => {
  it('pages through all keys of the caller, newest first, and shows nothing of others', async () => {
    const { ask, org, other, mint } = await openSite()
    for (let index = 0; index < 5; index += 1)
      await mint('agent', `organizations/o1/agents/a${index}`)
    const ids: string[] = []
    for (let next: string | null = ''; next !== null;) {
      const cursor: string = next === '' ? '' : `&cursor=${next}`
      const answer = await ask({ url: `${url}?limit=3${cursor}`, as: org.secret })
      const page = keyPageSchema.parse(answer.body)
      ids.push(...page.data.map(({ id }) => id))
      next = page.next_cursor
    }
    expect(ids).toHaveLength(7)
    expect(new Set(ids).size).toBe(7)
    expect(ids).not.toContain(other.id)
  })

  it('filters by kind, resource and standing', async () => {
    const { ask, org, mint, authority } = await openSite()
    const one = await mint('agent', 'organizations/o1/agents/a1')
    const two = await mint('agent', 'organizations/o1/agents/a2')
    await authority.keys.revoke(two.id)
    const ids = async (query: string): Promise<string[]> =>
      keyPageSchema
        .parse((await ask({ url: `${url}?${query}`, as: org.secret })).body)
        .data.map(({ id }) => id)
    expect(await ids('kind=agent&standing=live')).toEqual([one.id])
    expect(await ids('kind=agent&standing=revoked')).toEqual([two.id])
    expect(await ids('resource=organizations/o1/agents/a2')).toEqual([two.id])
  })

  it('never calls live what a key above or a resource ended, and says which', async () => {
    const { ask, world, authority, org, mint } = await openSite()
    const viewer = await mint('org', 'organizations/o1')
    const desk = authority.as(await principalOf(world, org.secret))
    const child = await shown(desk.keys.mint('agent', { resource: 'organizations/o1/agents/a1' }))
    const there = await mint('agent', 'organizations/o1/agents/a2')
    await authority.keys.revoke(org.id)
    await authority.resources.disable('organizations/o1/agents/a2')
    const rows = async (standing: string) => {
      const answer = await ask({ url: `${url}?kind=agent&standing=${standing}`, as: viewer.secret })
      return keyPageSchema
        .parse(answer.body)
        .data.map((key) => [key.id, key.standing, key.because_of])
    }
    expect(await rows('live')).toEqual([])
    expect(await rows('revoked')).toEqual([[child.id, 'revoked', org.id]])
    expect(await rows('disabled')).toEqual([[there.id, 'disabled', 'organizations/o1/agents/a2']])
  })

  it('answers HEAD as GET, without a body', async () => {
    const { ask, org } = await openSite()
    const answer = await ask({ method: 'HEAD', url, as: org.secret })
    expect([answer.status, answer.text]).toEqual([200, ''])
  })
})

describe('422', () => {
  it('refuses limits, cursors and filters that are none', async () => {
    const { ask, org } = await openSite()
    const key = Buffer.from('key_1').toString('base64url')
    const queries = [
      'limit=0',
      'limit=101',
      'limit=1e1',
      'limit=+5',
      'limit=1000000000',
      'limit=',
      'limit=1&limit=2',
    ]
    for (const query of [
      ...queries,
      'cursor=',
      'cursor=%25',
      `cursor=${key}`,
      'cursor=a',
      'standing=x',
      'resource=%25_',
      '__proto__=1',
      'what=1',
    ]) {
      const answer = await ask({ url: `${url}?${query}`, as: org.secret })
      expect(answer.status, query).toBe(422)
    }
  })
})

describe('403', () => {
  it('refuses a resource outside the caller', async () => {
    const { ask, org } = await openSite()
    const answer = await ask({ url: `${url}?resource=organizations/o2`, as: org.secret })
    expectProblem(answer, 403, 'outside_resource')
  })
})

describe('405', () => {
  it('says what the address takes, for any method there is', async () => {
    const { ask, org } = await openSite()
    for (const method of ['PUT', 'DELETE', 'PATCH', 'OPTIONS', 'PROPFIND']) {
      const answer = await ask({ method, url, as: org.secret })
      expectProblem(answer, 405, 'method_not_allowed')
      expect(answer.headers['allow']).toBe('GET, HEAD, POST')
    }
  })
})
