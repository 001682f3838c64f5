// RFC 7662: OAuth 2.0 Token Introspection.

import { describe, expect, it } from 'vitest'
import { bearer, openSite } from './site/open-site.ts'

type Site = Awaited<ReturnType<typeof openSite>>

const form = { 'content-type': 'application/x-www-form-urlencoded' }

function introspect({ ask }: Site, as: string, body: string) {
  return ask('/oauth/introspect', { method: 'POST', headers: { ...form, ...bearer(as) }, body })
}

describe('RFC 7662', () => {
  it('section 2: is reached by POST only', async () => {
    const { ask } = await openSite()
    const answer = await ask('/oauth/introspect')
    expect([answer.status, answer.headers['allow']]).toEqual([405, 'POST'])
  })

  it('section 2.1: takes token and token_type_hint as a form, and needs the token', async () => {
    const site = await openSite()
    const rs = await site.mint('rs', 'organizations/o1')
    const agent = await site.mint('agent', 'organizations/o1/agents/a1')
    for (const hint of ['', '&token_type_hint=access_token', '&token_type_hint=unheard_of']) {
      const answer = await introspect(site, rs.secret, `token=${agent.secret}${hint}`)
      expect(answer.json()).toMatchObject({ active: true })
    }
    expect((await introspect(site, rs.secret, 'token_type_hint=access_token')).status).toBe(422)
  })

  it('section 2.1: needs the client to authenticate, by HTTP Basic or with a bearer token', async () => {
    const site = await openSite()
    const rs = await site.mint('rs', 'organizations/o1')
    const basic = Buffer.from(`${rs.id}:${rs.secret}`).toString('base64')
    const headers = { ...form, authorization: `Basic ${basic}` }
    const body = `token=${rs.secret}`
    expect((await site.ask('/oauth/introspect', { method: 'POST', headers, body })).status).toBe(
      200,
    )
    expect((await introspect(site, rs.secret, body)).status).toBe(200)
    const anonymous = await site.ask('/oauth/introspect', { method: 'POST', headers: form, body })
    expect(anonymous.status).toBe(401)
    expect(anonymous.headers['www-authenticate']).toContain('Basic realm="site"')
  })

  it('section 2.2: tells active, scope, client_id, token_type, exp and sub of an active token', async () => {
    const site = await openSite()
    const rs = await site.mint('rs', 'organizations/o1')
    const agent = await site.mint('agent', 'organizations/o1/agents/a1', 60)
    const answer = await introspect(site, rs.secret, `token=${agent.secret}`)
    expect([answer.status, answer.headers['content-type']]).toEqual([
      200,
      'application/json; charset=utf-8',
    ])
    expect(answer.json()).toMatchObject({
      active: true,
      scope: 'agents:read',
      client_id: agent.id,
      token_type: 'Bearer',
      exp: site.clock.now() / 1000 + 60,
      sub: 'organizations/o1/agents/a1',
    })
  })

  it('section 2.2: says of any other token active:false and nothing else', async () => {
    const site = await openSite()
    const rs = await site.mint('rs', 'organizations/o1')
    const revoked = await site.mint('agent', 'organizations/o1/agents/a1')
    const expired = await site.mint('agent', 'organizations/o1/agents/a1', 1)
    const foreign = await site.mint('agent', 'organizations/o2/agents/a1')
    await site.authority.keys.revoke(revoked.id)
    site.clock.advance(1000)
    for (const token of [revoked.secret, expired.secret, foreign.secret, 'unknown']) {
      const answer = await introspect(site, rs.secret, `token=${token}`)
      expect([answer.status, answer.text]).toEqual([200, '{"active":false}'])
    }
  })

  it('section 2.3: answers 401 to wrong client credentials and 403 to a client that may not ask', async () => {
    const site = await openSite()
    const agent = await site.mint('agent', 'organizations/o1/agents/a1')
    expect((await introspect(site, 'wrong', 'token=x')).status).toBe(401)
    expect((await introspect(site, agent.secret, 'token=x')).status).toBe(403)
  })

  it('section 4: has no answer cached, so that a revocation shows at once', async () => {
    const site = await openSite()
    const rs = await site.mint('rs', 'organizations/o1')
    const agent = await site.mint('agent', 'organizations/o1/agents/a1')
    const before = await introspect(site, rs.secret, `token=${agent.secret}`)
    expect(before.headers['cache-control']).toBe('no-store')
    await site.authority.keys.revoke(agent.id)
    const after = await introspect(site, rs.secret, `token=${agent.secret}`)
    expect(after.json()).toEqual({ active: false })
  })
})
