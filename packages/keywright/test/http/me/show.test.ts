import { principalSchema } from '@keywright/contract'
import { describe, expect, it } from 'vitest'
import { expectProblem, openSite } from '../open-site.ts'

describe('GET /v1/me', () => {
  it('200 says who the calling key is, whatever its scopes', async () => {
    const { ask, verifier } = await openSite()
    const answer = await ask({ url: '/v1/me', as: verifier.secret })
    expect(principalSchema.parse(answer.body)).toMatchObject({
      key_id: verifier.id,
      scopes: ['keys:verify'],
    })
  })

  it('200 takes the other declared header, and both when they agree', async () => {
    const { ask, org } = await openSite()
    const headers = { 'x-api-key': org.secret }
    expect((await ask({ url: '/v1/me', headers })).status).toBe(200)
    expect((await ask({ url: '/v1/me', headers, as: org.secret })).status).toBe(200)
  })

  it('400 refuses two headers that name different principals, and uses neither', async () => {
    const { ask, org, other } = await openSite()
    const headers = { 'x-api-key': other.secret }
    expectProblem(
      await ask({ url: '/v1/me', headers, as: org.secret }),
      400,
      'conflicting_credentials',
    )
  })

  it('400 refuses a credential in the URL, and neither answers nor logs it', async () => {
    const { ask, org, lines } = await openSite()
    for (const query of [`access_token=${org.secret}`, `x=${org.secret}`]) {
      const answer = await ask({ url: `/v1/me?${query}`, as: org.secret })
      expectProblem(answer, 400, 'credential_in_url')
      expect(answer.text).not.toContain(org.secret)
    }
    expect(lines.join('\n')).not.toContain(org.secret.slice(-20))
  })

  it('401 says by code what ended a genuine key, and nothing about others', async () => {
    const { ask, mint, authority, world } = await openSite()
    const revoked = await mint('org', 'organizations/o1')
    await authority.keys.revoke(revoked.id)
    const expired = await mint('org', 'organizations/o1', { expiresInSeconds: 1 })
    world.clock.advance(1000)
    expectProblem(await ask({ url: '/v1/me', as: revoked.secret }), 401, 'key_revoked')
    expectProblem(await ask({ url: '/v1/me', as: expired.secret }), 401, 'key_expired')
    const cut = revoked.secret.slice(0, -1)
    for (const as of [cut, `${revoked.secret}0`, revoked.secret.toUpperCase(), 'x']) {
      expectProblem(await ask({ url: '/v1/me', as }), 401, 'invalid_key')
    }
  })

  it('429 tells when the rate of the caller is used up, and takes nothing from its quota', async () => {
    const { ask, mint, authority } = await openSite()
    const agent = await mint('agent', 'organizations/o1/agents/a1')
    const sent = { url: '/v1/me', as: agent.secret }
    expect((await ask(sent)).headers['ratelimit']).toBe('"rate";r=1;t=1')
    await ask(sent)
    const answer = await ask(sent)
    expectProblem(answer, 429, 'rate_limited')
    expect(answer.headers).toMatchObject({ 'retry-after': '1', ratelimit: '"rate";r=0;t=1' })
    const metered = await mint('metered', 'organizations/o1')
    for (let call = 0; call < 5; call += 1) await ask({ url: '/v1/me', as: metered.secret })
    const decision = await authority.verify({ credential: metered.secret })
    expect(decision).toMatchObject({ allowed: true, limit: { remaining: 2 } })
  })
})
