import { seenKeySchema } from '@keywright/contract'
import { describe, expect, it } from 'vitest'
import { principalOf, shown } from '../../world/open-world.ts'
import { expectProblem, openSite } from '../open-site.ts'

describe('200', () => {
  it('shows a key to who may see it, and to itself', async () => {
    const { ask, org, verifier } = await openSite()
    for (const as of [org.secret, verifier.secret]) {
      const answer = await ask({ url: `/v1/keys/${verifier.id}`, as })
      expect(seenKeySchema.parse(answer.body)).toMatchObject({
        id: verifier.id,
        kind: 'verifier',
        standing: 'live',
        because_of: null,
      })
    }
  })

  it('says what ended a key that was not ended itself, to who may see that', async () => {
    const { ask, world, authority, org, mint } = await openSite()
    const desk = authority.as(await principalOf(world, org.secret))
    const resource = 'organizations/o1/agents/a1'
    const child = await shown(desk.keys.mint('agent', { resource }))
    const viewer = await mint('org', 'organizations/o1')
    const sibling = await mint('agent', resource)
    const look = async (as: string) => {
      const { standing, because_of, revoked_at } = seenKeySchema.parse(
        (await ask({ url: `/v1/keys/${child.id}`, as })).body,
      )
      return [standing, because_of, revoked_at]
    }
    expect(await look(viewer.secret)).toEqual(['live', null, null])
    await authority.keys.revoke(org.id)
    expect(await look(viewer.secret)).toEqual(['revoked', org.id, null])
    // Bound to the agent: it sees the keys there, and none of the organization.
    expect(await look(sibling.secret)).toEqual(['revoked', null, null])
  })

  it('says which resource is disabled', async () => {
    const { ask, authority, org, mint } = await openSite()
    const resource = 'organizations/o1/agents/a1'
    const { id } = await mint('agent', resource)
    await authority.resources.disable(resource)
    const answer = await ask({ url: `/v1/keys/${id}`, as: org.secret })
    expect(answer.body).toMatchObject({ standing: 'disabled', because_of: resource })
  })
})

describe('404', () => {
  it("answers another tenant's key exactly as one that is absent (row 13)", async () => {
    const { ask, org, other } = await openSite()
    const foreign = await ask({ url: `/v1/keys/${other.id}`, as: org.secret })
    const absent = await ask({ url: `/v1/keys/key_${'0'.repeat(20)}`, as: org.secret })
    expectProblem(foreign, 404, 'key_not_found')
    const { request_id: _one, ...one } = foreign.body
    const { request_id: _two, ...two } = absent.body
    expect(one).toEqual(two)
    for (const id of ['x', '%2e%2e', "' OR 1=1 --", 'k'.repeat(5000)]) {
      const answer = await ask({ url: `/v1/keys/${encodeURIComponent(id)}`, as: org.secret })
      expectProblem(answer, 404, 'key_not_found')
    }
  })
})

describe('403', () => {
  it('asks for keys:read to see another key', async () => {
    const { ask, org, verifier } = await openSite()
    const answer = await ask({ url: `/v1/keys/${org.id}`, as: verifier.secret })
    expectProblem(answer, 403, 'insufficient_scope')
  })
})

describe('400', () => {
  it('refuses an address that cannot be decoded', async () => {
    const { ask, org } = await openSite()
    expectProblem(await ask({ url: '/v1/keys/%zz', as: org.secret }), 400, 'malformed_request')
  })
})
