import { ownScopesSchema } from '@keywright/contract'
import { describe, expect, it } from 'vitest'
import { good } from '../../people/lab.ts'
import type { Site } from '../open-site.ts'
import { expectProblem, openSite } from '../open-site.ts'

const url = '/v1/me/scopes'

async function scopesOf({ ask }: Site, as: string) {
  const answer = await ask({ url, as })
  expect(answer.status).toBe(200)
  return ownScopesSchema.parse(answer.body)
}

/** Two organizations: one that ann owns, one where she sees. */
async function openFounded() {
  const site = await openSite()
  const { organizations, members } = site.authority
  const ann = await site.join('ann')
  const boss = await site.join('boss')
  const founded = []
  for (const [slug, ownerId] of [
    ['mine', ann.person.id],
    ['theirs', boss.person.id],
  ] as const) {
    site.world.clock.advance(1)
    founded.push((await good(organizations.create({ slug, name: slug, ownerId }))).organization.id)
  }
  const [mine = '', theirs = ''] = founded
  const resource = `organizations/${theirs}`
  await good(members.grant({ personId: ann.person.id, resource, role: 'viewer' }))
  return { site, ann, mine, theirs }
}

describe('GET /v1/me/scopes', () => {
  it('200 tells a personal key its person, their organizations by slug, and itself', async () => {
    const { site, ann, mine, theirs } = await openFounded()
    const { members } = site.authority
    const agent = `organizations/${theirs}/agents/a1`
    await good(members.grant({ personId: ann.person.id, resource: agent, role: 'admin' }))
    const own = await scopesOf(site, ann.secret)
    expect(own.person).toEqual({ id: ann.person.id, name: 'ann', email: 'ann@site.example' })
    expect(own.personal).toBe(ann.space)
    expect(own.organizations).toEqual([
      { id: mine, slug: 'mine', name: 'mine', role: 'owner' },
      { id: theirs, slug: 'theirs', name: 'theirs', role: 'viewer' },
    ])
    expect(own.memberships).toEqual([{ resource: agent, role: 'admin' }])
    expect(own.key).toMatchObject({ kind: 'personal', resource: ann.space, expires_at: null })
  })

  it('200 tells a narrowed key its organization, and nothing of its person or the others', async () => {
    const { site, ann, theirs } = await openFounded()
    const resource = `organizations/${theirs}`
    const narrow = await site.mint('personal', resource, { holder: ann.space })
    const own = await scopesOf(site, narrow.secret)
    expect(own).toMatchObject({ person: null, personal: null, memberships: [] })
    expect(own.organizations).toMatchObject([{ id: theirs, role: 'viewer' }])
    expect(own.scopes).toEqual(['agents:read', 'members:read'])
  })

  it('200 tells a key of an organization, or of a part of one, which it is', async () => {
    const { site, mine } = await openFounded()
    const org = await site.mint('org', `organizations/${mine}`)
    const agent = await site.mint('agent', `organizations/${mine}/agents/a1`)
    for (const key of [org, agent]) {
      const own = await scopesOf(site, key.secret)
      expect(own).toMatchObject({ person: null, personal: null, memberships: [] })
      expect(own.organizations).toMatchObject([{ id: mine, slug: 'mine', role: null }])
      expect(own.key?.id).toBe(key.id)
    }
  })

  it('200 shows a role at a resource without a slug by its name', async () => {
    const site = await openSite()
    const ann = await site.join('ann', { 'organizations/o1': 'viewer' })
    const own = await scopesOf(site, ann.secret)
    expect(own.organizations).toEqual([])
    expect(own.memberships).toEqual([{ resource: 'organizations/o1', role: 'viewer' }])
  })

  it('200 forgets an organization with the role, and one that has ended', async () => {
    const { site, ann, mine, theirs } = await openFounded()
    const { members, resources } = site.authority
    await good(members.remove({ personId: ann.person.id, resource: `organizations/${theirs}` }))
    await good(resources.end(`organizations/${mine}`))
    const own = await scopesOf(site, ann.secret)
    expect([own.organizations, own.memberships]).toEqual([[], []])
  })

  it('401 and 422 answer as everywhere', async () => {
    const { ask, org } = await openSite()
    expectProblem(await ask({ url }), 401, 'missing_credential')
    const named = await ask({ url: `${url}?person_id=usr_1`, as: org.secret })
    expectProblem(named, 422, 'invalid_request')
  })
})
