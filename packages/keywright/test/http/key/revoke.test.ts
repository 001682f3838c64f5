import { keySchema } from '@keywright/contract'
import { describe, expect, it } from 'vitest'
import { expectProblem, openSite } from '../open-site.ts'

const method = 'DELETE'

describe('200', () => {
  it('answers with the revoked key, and the secret is refused from then on', async () => {
    const { ask, org, verifier } = await openSite()
    const url = `/v1/keys/${verifier.id}`
    const answer = await ask({ method, url, as: org.secret })
    expect(keySchema.parse(answer.body)).toMatchObject({
      revoked_at: '2026-11-21T05:00:00Z',
      revoked_by: org.id,
    })
    expectProblem(await ask({ url: '/v1/me', as: verifier.secret }), 401, 'key_revoked')
    expect((await ask({ method, url, as: org.secret })).status).toBe(200)
  })

  it('lets a key without any scope for it end itself', async () => {
    const { ask, verifier } = await openSite()
    const answer = await ask({ method, url: `/v1/keys/${verifier.id}`, as: verifier.secret })
    expect(answer.status).toBe(200)
  })
})

describe('refusals', () => {
  it("leaves another tenant's key alone (row 13)", async () => {
    const { ask, org, other } = await openSite()
    expectProblem(
      await ask({ method, url: `/v1/keys/${other.id}`, as: org.secret }),
      404,
      'key_not_found',
    )
    expect((await ask({ url: '/v1/me', as: other.secret })).status).toBe(200)
  })

  it('asks for keys:write to end another key', async () => {
    const { ask, org, verifier } = await openSite()
    const answer = await ask({ method, url: `/v1/keys/${org.id}`, as: verifier.secret })
    expectProblem(answer, 403, 'insufficient_scope')
  })
})
