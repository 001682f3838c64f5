import { keySchema } from '@keywright/contract'
import { describe, expect, it } from 'vitest'
import { expectProblem, openSite } from '../open-site.ts'

describe('200', () => {
  it('shows a key to who may see it, and to itself', async () => {
    const { ask, org, verifier } = await openSite()
    for (const as of [org.secret, verifier.secret]) {
      const answer = await ask({ url: `/v1/keys/${verifier.id}`, as })
      expect(keySchema.parse(answer.body)).toMatchObject({ id: verifier.id, kind: 'verifier' })
    }
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
