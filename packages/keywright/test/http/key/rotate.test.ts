import { rotateAnswerSchema } from '@keywright/contract'
import { describe, expect, it } from 'vitest'
import { expectProblem, openSite } from '../open-site.ts'

const method = 'POST'

describe('200', () => {
  it('replaces the secret at once without a body', async () => {
    const { ask, org, verifier } = await openSite()
    const answer = await ask({ method, url: `/v1/keys/${verifier.id}/rotate`, as: org.secret })
    expect(rotateAnswerSchema.parse(answer.body)).toMatchObject({
      id: verifier.id,
      previous_ends_at: '2026-11-21T05:00:00Z',
    })
    expectProblem(await ask({ url: '/v1/me', as: verifier.secret }), 401, 'key_rotated')
    expect((await ask({ url: '/v1/me', as: answer.body.key })).status).toBe(200)
  })

  it('lets the earlier secret live on for the overlap', async () => {
    const { ask, org, verifier, world } = await openSite()
    const sent = {
      method,
      url: `/v1/keys/${verifier.id}/rotate`,
      as: org.secret,
      body: { overlap: 60 },
    }
    expect((await ask(sent)).body.previous_ends_at).toBe('2026-11-21T05:01:00Z')
    expect((await ask({ url: '/v1/me', as: verifier.secret })).status).toBe(200)
    world.clock.advance(61_000)
    expectProblem(await ask({ url: '/v1/me', as: verifier.secret }), 401, 'key_rotated')
  })

  it('repeats for the same Idempotency-Key without the secret', async () => {
    const { ask, org, verifier } = await openSite()
    const headers = { 'idempotency-key': 'r-1' }
    const sent = { method, url: `/v1/keys/${verifier.id}/rotate`, as: org.secret, headers }
    const first = await ask(sent)
    const second = await ask(sent)
    expect(rotateAnswerSchema.parse(second.body)).toMatchObject({ id: verifier.id, replayed: true })
    expect(second.headers['idempotency-replayed']).toBe('true')
    expect((await ask({ url: '/v1/me', as: first.body.key })).status).toBe(200)
  })
})

describe('refusals', () => {
  it('answers what cannot be rotated', async () => {
    const { ask, org, other, verifier, authority } = await openSite()
    const as = org.secret
    const url = `/v1/keys/${verifier.id}/rotate`
    expectProblem(await ask({ method, url, as, body: { overlap: -1 } }), 422, 'invalid_lifetime')
    expectProblem(await ask({ method, url, as, body: { after: 1 } }), 422, 'invalid_request')
    expectProblem(
      await ask({ method, url: `/v1/keys/${other.id}/rotate`, as }),
      404,
      'key_not_found',
    )
    await authority.keys.revoke(verifier.id)
    expectProblem(await ask({ method, url, as }), 409, 'key_ended')
  })
})
