import { resourceStateSchema } from '@keywright/contract'
import { describe, expect, it } from 'vitest'
import { expectProblem, openSite } from '../open-site.ts'

const method = 'POST'
const body = { resource: 'organizations/o1/agents/a1' }

describe('POST /v1/resources', () => {
  it('200 disables, enables and ends a resource, and its keys with it', async () => {
    const { ask, org, mint, world } = await openSite()
    const agent = await mint('agent', body.resource)
    const set = async (verb: string): Promise<string> => {
      world.clock.advance(1000)
      const answer = await ask({ method, url: `/v1/resources/${verb}`, as: org.secret, body })
      return resourceStateSchema.parse(answer.body).state
    }
    const me = { url: '/v1/me', as: agent.secret }
    expect(await set('disable')).toBe('disabled')
    expectProblem(await ask(me), 401, 'resource_disabled')
    expect(await set('enable')).toBe('standing')
    expect((await ask(me)).status).toBe(200)
    expect(await set('end')).toBe('ended')
    expectProblem(await ask(me), 401, 'resource_ended')
  })

  it('403 and 422 refuse what the caller does not reach and what is no resource', async () => {
    const { ask, org, verifier } = await openSite()
    const url = '/v1/resources/disable'
    expectProblem(await ask({ method, url, as: verifier.secret, body }), 403, 'insufficient_scope')
    for (const resource of ['organizations/o2', 'organizations/o1']) {
      const answer = await ask({ method, url, as: org.secret, body: { resource } })
      expectProblem(answer, 403, 'outside_resource')
    }
    const unknown = await ask({ method, url, as: org.secret, body: { resource: 'teams/t1' } })
    expectProblem(unknown, 422, 'invalid_resource')
    const more = await ask({ method, url, as: org.secret, body: { ...body, state: 'ended' } })
    expectProblem(more, 422, 'invalid_request')
  })
})
