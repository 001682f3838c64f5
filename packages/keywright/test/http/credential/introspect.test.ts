import { introspectionSchema } from '@keywright/contract'
import { describe, expect, it } from 'vitest'
import type { Answered, Site } from '../open-site.ts'
import { expectProblem, openSite } from '../open-site.ts'

const form = { 'content-type': 'application/x-www-form-urlencoded' }
const sent = { method: 'POST', url: '/oauth/introspect', headers: form }

function introspect({ ask, verifier }: Site, token: string): Promise<Answered> {
  return ask({ ...sent, as: verifier.secret, body: new URLSearchParams({ token }).toString() })
}

function basic(id: string, secret: string): Record<string, string> {
  return { ...form, authorization: `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}` }
}

describe('200', () => {
  it('tells a resource server what a token is, and takes nothing from its limits', async () => {
    const site = await openSite()
    const agent = await site.mint('agent', 'organizations/o1/agents/a1', { expiresInSeconds: 3600 })
    for (let call = 0; call < 5; call += 1) await introspect(site, agent.secret)
    const answer = await introspect(site, agent.secret)
    expect(introspectionSchema.parse(answer.body)).toEqual({
      active: true,
      scope: 'agents:read keys:read',
      client_id: agent.id,
      sub: 'organizations/o1/agents/a1',
      token_type: 'Bearer',
      exp: Date.parse('2026-11-21T06:00:00Z') / 1000,
      resource: 'organizations/o1/agents/a1',
      kind: 'agent',
      mode: 'live',
    })
    const decision = await site.authority.verify({ credential: agent.secret })
    expect(decision).toMatchObject({ limit: { remaining: 1 } })
  })

  it('says of unknown, revoked, foreign and expired tokens only that they are inactive', async () => {
    const site = await openSite()
    const revoked = await site.mint('agent', 'organizations/o1/agents/a1')
    const expired = await site.mint('agent', 'organizations/o1/agents/a2', { expiresInSeconds: 1 })
    await site.authority.keys.revoke(revoked.id)
    site.world.clock.advance(2000)
    for (const token of ['nonsense', revoked.secret, expired.secret, site.other.secret]) {
      const answer = await introspect(site, token)
      expect([answer.status, answer.text]).toEqual([200, '{"active":false}'])
    }
  })

  it('takes HTTP Basic with id and secret of a key', async () => {
    const { ask, verifier } = await openSite()
    const headers = basic(verifier.id, verifier.secret)
    const body = `token=${verifier.secret}&token_type_hint=access_token`
    const answer = await ask({ ...sent, headers, body })
    expect(introspectionSchema.parse(answer.body)).toMatchObject({ active: true })
  })
})

describe('refusals', () => {
  it('are 401 without or with wrong client authentication, naming both schemes', async () => {
    const { ask, org, verifier } = await openSite()
    const body = `token=${verifier.secret}`
    for (const headers of [
      form,
      basic(org.id, verifier.secret),
      basic(verifier.id, 'wrong'),
      basic('', ''),
    ]) {
      const answer = await ask({ ...sent, headers, body })
      expect(answer.status).toBe(401)
      expect(answer.headers['www-authenticate']).toMatch(
        /^Bearer realm="site".*, Basic realm="site"$/,
      )
    }
    const both = { ...basic(verifier.id, verifier.secret), 'x-api-key': org.secret }
    expectProblem(await ask({ ...sent, headers: both, body }), 400, 'conflicting_credentials')
  })

  it('are 403 without keys:verify, 415 for JSON, 422 for a token that is missing or there twice', async () => {
    const { ask, mint, verifier } = await openSite()
    const agent = await mint('agent', 'organizations/o1/agents/a1')
    const as = verifier.secret
    expectProblem(
      await ask({ ...sent, as: agent.secret, body: 'token=x' }),
      403,
      'insufficient_scope',
    )
    const json = { 'content-type': 'application/json' }
    expectProblem(
      await ask({ ...sent, as, headers: json, body: '{}' }),
      415,
      'unsupported_media_type',
    )
    for (const body of ['', 'token=', 'token=a&token=b', 'token=a&more=b', '__proto__=a&token=a']) {
      expectProblem(await ask({ ...sent, as, body }), 422, 'invalid_request')
    }
  })
})
