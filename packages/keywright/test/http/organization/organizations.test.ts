import { organizationPageSchema, organizationSchema } from '@keywright/contract'
import { describe, expect, it } from 'vitest'
import type { Site } from '../open-site.ts'
import { expectProblem, openSite } from '../open-site.ts'

const url = '/v1/organizations'

/** Founds an organization over HTTP. */
async function found({ ask }: Site, as: string, slug: string): Promise<string> {
  const answer = await ask({ method: 'POST', url, as, body: { slug, name: slug } })
  expect(answer.status).toBe(201)
  return organizationSchema.parse(answer.body).id
}

describe('POST /v1/organizations', () => {
  it('201 makes the calling person owner of what they found', async () => {
    const site = await openSite()
    const ann = await site.join('ann')
    const id = await found(site, ann.secret, 'ann-labs')
    const members = `/v1/members?resource=organizations/${id}`
    const answer = await site.ask({ url: members, as: ann.secret })
    expect(answer.body.data).toMatchObject([{ person_id: ann.person.id, role: 'owner' }])
  })

  it('401 comes first, and 422 refuses to found for anybody else (row 12)', async () => {
    const { ask, join } = await openSite()
    const [ann, bob] = [await join('ann'), await join('bob')]
    const body = { slug: 'x', name: 'X', owner_id: bob.person.id }
    expectProblem(await ask({ method: 'POST', url, body }), 401, 'missing_credential')
    const named = await ask({ method: 'POST', url, as: ann.secret, body })
    expectProblem(named, 422, 'invalid_request')
  })

  it('403 refuses keys that are nobody, narrowed, without members:write, or for test data', async () => {
    const { ask, join, mint, org } = await openSite()
    const ann = await join('ann', { 'organizations/o1': 'owner' })
    const body = { slug: 'x', name: 'X' }
    const codes = []
    for (const { secret } of [
      org,
      await mint('personal', 'organizations/o1', { holder: ann.space }),
      await mint('personal', ann.space, { scopes: ['agents:read'] }),
      await mint('personal', ann.space, { mode: 'test' }),
    ]) {
      const answer = await ask({ method: 'POST', url, as: secret, body })
      expect(answer.status).toBe(403)
      codes.push(answer.body.code)
    }
    const expected = ['outside_resource', 'outside_resource', 'insufficient_scope', 'wrong_mode']
    expect(codes).toEqual(expected)
  })

  it('409 and 422 refuse a slug that is taken and labels that are none', async () => {
    const site = await openSite()
    const { secret } = await site.join('ann')
    await found(site, secret, 'taken')
    const post = (body: object) => site.ask({ method: 'POST', url, as: secret, body })
    expectProblem(await post({ slug: 'taken', name: 'X' }), 409, 'slug_taken')
    expectProblem(await post({ slug: 'No', name: 'X' }), 422, 'invalid_slug')
    expectProblem(await post({ slug: 'no', name: '' }), 422, 'invalid_name')
  })
})

describe('GET /v1/organizations', () => {
  it('200 lists those of the caller and no others, page by page', async () => {
    const site = await openSite()
    const [ann, bob] = [await site.join('ann'), await site.join('bob')]
    const mine = []
    for (const slug of ['a', 'b', 'c']) {
      site.world.clock.advance(1)
      mine.push(await found(site, ann.secret, slug))
    }
    await found(site, bob.secret, 'd')
    const seen: string[] = []
    let next: string | null = null
    do {
      const cursor: string = next === null ? '' : `&cursor=${next}`
      const answer = await site.ask({ url: `${url}?limit=2${cursor}`, as: ann.secret })
      const page = organizationPageSchema.parse(answer.body)
      seen.push(...page.data.map(({ id }) => id))
      next = page.next_cursor
    } while (next !== null)
    expect(seen).toEqual(mine)
    const org = await site.mint('org', `organizations/${mine[0]}`)
    const own = await site.ask({ url, as: org.secret })
    expect(own.body.data).toMatchObject([{ id: mine[0], slug: 'a' }])
  })

  it('422 refuses a cursor of another list', async () => {
    const { ask, org } = await openSite()
    const cursor = Buffer.from(org.id).toString('base64url')
    expectProblem(
      await ask({ url: `${url}?cursor=${cursor}`, as: org.secret }),
      422,
      'invalid_request',
    )
  })
})

describe('/v1/organizations/{id}', () => {
  it('200 shows and changes it, and a former slug is free at once', async () => {
    const site = await openSite()
    const ann = await site.join('ann')
    const id = await found(site, ann.secret, 'old')
    const body = { slug: 'new', name: 'New' }
    const sent = { method: 'PATCH', url: `${url}/${id}`, as: ann.secret, body }
    expect(organizationSchema.parse((await site.ask(sent)).body)).toMatchObject(body)
    const shown = await site.ask({ url: `${url}/${id}`, as: ann.secret })
    expect(organizationSchema.parse(shown.body)).toMatchObject(body)
    const other = await found(site, ann.secret, 'old')
    const taken = { ...sent, url: `${url}/${other}`, body: { slug: 'new' } }
    expectProblem(await site.ask(taken), 409, 'slug_taken')
    const events = site.world.rows("select data from events where type = 'organization.changed'")
    expect(events).toEqual([{ data: '{"slug":"new","previous_slug":"old"}' }])
  })

  it('403 lets those see it who may not decide about its members', async () => {
    const site = await openSite()
    const ann = await site.join('ann')
    const id = await found(site, ann.secret, 'a')
    const eve = await site.join('eve', { [`organizations/${id}`]: 'viewer' })
    const at = { url: `${url}/${id}`, as: eve.secret }
    expect((await site.ask(at)).status).toBe(200)
    const answer = await site.ask({ ...at, method: 'PATCH', body: { name: 'Mine' } })
    expectProblem(answer, 403, 'insufficient_scope')
  })

  it('404 answers for another tenant as for one that is absent, and changes nothing (row 13)', async () => {
    const site = await openSite()
    const [ann, bob] = [await site.join('ann'), await site.join('bob')]
    const id = await found(site, ann.secret, 'a')
    for (const method of ['GET', 'PATCH']) {
      const bodies = []
      for (const theirs of [id, 'org_00000000000000000000', '-', 'users']) {
        const body = method === 'GET' ? undefined : { slug: 'b' }
        const answer = await site.ask({ method, url: `${url}/${theirs}`, as: bob.secret, body })
        expectProblem(answer, 404, 'organization_not_found')
        bodies.push({ ...answer.body, request_id: '' })
      }
      expect(new Set(bodies.map((body) => JSON.stringify(body))).size).toBe(1)
    }
    expect(site.world.rows('select slug from organizations')).toEqual([{ slug: 'a' }])
  })
})
