import { explanationSchema } from '@keywright/contract'
import { describe, expect, it } from 'vitest'
import type { Site } from '../open-site.ts'
import { expectProblem, openSite } from '../open-site.ts'

const url = '/v1/explain'
const method = 'POST'
const resource = 'organizations/o1'
const absent = 'key_00000000000000000000'

function explain({ ask }: Site, as: string, body: object) {
  return ask({ method, url, as, body })
}

describe('POST /v1/explain', () => {
  it('200 tells the owner which term refuses, why, and what would mend it', async () => {
    const site = await openSite()
    const agent = await site.mint('agent', `${resource}/agents/a1`)
    const asked = { scope: 'agents:write', resource: `${resource}/agents/a2`, mode: 'live' }
    const answer = await explain(site, site.org.secret, { key_id: agent.id, ...asked })
    expect(answer.status).toBe(200)
    const { terms, ...rest } = explanationSchema.parse(answer.body)
    expect(rest).toEqual({ key_id: agent.id, allowed: false, code: 'insufficient_scope' })
    expect(terms.map(({ term, verdict }) => `${term} ${verdict}`)).toEqual([
      'genuine holds',
      'standing holds',
      'mode holds',
      'scope fails',
      'resource fails',
      'role not_asked',
      'limits holds',
    ])
    expect(terms[3]).toMatchObject({ code: 'insufficient_scope' })
    expect(terms[3]?.fix).toContain('kind agent never have agents:write')
    expect(terms[4]).toMatchObject({ code: 'outside_resource' })
  })

  it('200 for the key itself, by its id and by its credential, and for its person', async () => {
    const site = await openSite()
    const ann = await site.join('ann')
    const other = await site.mint('personal', ann.space, { scopes: ['agents:read'] })
    for (const body of [{ key_id: other.id }, { credential: other.secret }]) {
      for (const as of [other.secret, ann.secret]) {
        const answer = await explain(site, as, body)
        expect(answer.body).toMatchObject({ key_id: other.id, allowed: true, code: 'allowed' })
        expect(answer.text).not.toContain(other.secret)
      }
    }
  })

  it('200 says of a revoked key what anybody else is told by no address', async () => {
    const site = await openSite()
    const agent = await site.mint('agent', `${resource}/agents/a1`)
    await site.authority.keys.revoke(agent.id)
    const answer = await explain(site, site.org.secret, { credential: agent.secret })
    expect(answer.body).toMatchObject({ code: 'key_revoked', allowed: false })
    expect(answer.body.terms[1].fix).toBe('Mint a new key: this one stays revoked.')
  })

  it('404 answers for the key of another as for one that is absent, by id and by secret (row 13)', async () => {
    const site = await openSite()
    const foreign = await site.mint('agent', 'organizations/o2/agents/a1')
    const unknown = `${foreign.secret.slice(0, -36)}${'0'.repeat(36)}`
    const bodies = []
    for (const body of [
      { key_id: foreign.id },
      { key_id: absent },
      { credential: foreign.secret },
    ]) {
      const answer = await explain(site, site.org.secret, body)
      expectProblem(answer, 404, 'key_not_found')
      bodies.push(JSON.stringify({ ...answer.body, request_id: '' }))
    }
    expect(new Set(bodies).size).toBe(1)
    const wrong = await explain(site, site.org.secret, { credential: unknown })
    expect(wrong.body).toMatchObject({ key_id: null, code: 'invalid_key' })
    expect(site.lines.at(-1)).toContain('"route":"/v1/explain"')
  })

  it('403 refuses who may not read keys: asking how it would be decided is reading (row 24)', async () => {
    const site = await openSite()
    const agent = await site.mint('agent', `${resource}/agents/a1`)
    const viewer = await site.join('viewer', { [resource]: 'viewer' })
    const small = await site.mint('personal', viewer.space, { scopes: ['agents:read'] })
    for (const key_id of [agent.id, absent]) {
      const answer = await explain(site, small.secret, { key_id })
      expectProblem(answer, 403, 'insufficient_scope')
      // With keys:read in their own space a person still sees no key of the organization.
      const there = await explain(site, viewer.secret, { key_id })
      expectProblem(there, 404, 'key_not_found')
    }
    const verify = { method, url: '/v1/verify', as: viewer.secret }
    const verdict = await site.ask({ ...verify, body: { credential: agent.secret } })
    expect(verdict.body).toMatchObject({ allowed: false, code: 'invalid_key' })
  })

  it('422 refuses both or neither, what nobody declared, and unknown fields', async () => {
    const site = await openSite()
    const { id, secret } = site.org
    const codes = []
    for (const body of [
      {},
      { key_id: id, credential: secret },
      { key_id: id, cost: 1 },
      { key_id: id, scope: 'planets:read' },
      { key_id: id, mode: 'nope' },
      { key_id: id, resource: 'planets/p1' },
    ]) {
      const answer = await explain(site, secret, body)
      expect(answer.status).toBe(422)
      codes.push(answer.body.code)
    }
    const fields = ['invalid_request', 'invalid_request', 'invalid_request']
    expect(codes).toEqual([...fields, 'unknown_scope', 'invalid_mode', 'invalid_resource'])
  })

  it('takes nothing from any limit, and says when one would refuse', async () => {
    const site = await openSite()
    const metered = await site.mint('metered', resource)
    const limits = async () =>
      (await explain(site, site.org.secret, { key_id: metered.id })).body.terms.at(-1)
    for (let call = 0; call < 5; call += 1) expect((await limits()).verdict).toBe('holds')
    expect(site.world.rows('select 1 from quota_accounts')).toEqual([])
    for (let call = 0; call < 3; call += 1) {
      const decision = await site.authority.verify({ credential: metered.secret })
      expect(decision.allowed).toBe(true)
    }
    expect(await limits()).toMatchObject({ verdict: 'fails', code: 'quota_exhausted' })
  })
})
