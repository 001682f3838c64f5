import { verifyBatchAnswerSchema } from '@keywright/contract'
import { describe, expect, it } from 'vitest'
import { expectProblem, openSite } from '../open-site.ts'

const sent = { method: 'POST', url: '/v1/verify/batch' }

describe('200', () => {
  it('decides in the order of the requests', async () => {
    const { ask, org, other, verifier } = await openSite()
    const requests = [
      { credential: org.secret, scope: 'agents:read' },
      { credential: other.secret },
      { credential: verifier.secret, scope: 'agents:read' },
    ]
    const answer = await ask({ ...sent, as: verifier.secret, body: { requests } })
    const { decisions } = verifyBatchAnswerSchema.parse(answer.body)
    const codes = decisions.map(({ code }) => code)
    expect(codes).toEqual(['allowed', 'invalid_key', 'insufficient_scope'])
  })
})

describe('422', () => {
  it('decides nothing when one of the questions makes no sense', async () => {
    const { ask, mint, verifier, authority } = await openSite()
    const agent = await mint('agent', 'organizations/o1/agents/a1')
    const requests = [{ credential: agent.secret }, { credential: agent.secret, scope: 'x:y' }]
    const answer = await ask({ ...sent, as: verifier.secret, body: { requests } })
    expectProblem(answer, 422, 'unknown_scope')
    expect(answer.body.errors[0].field).toBe('body.requests.1.scope')
    const decision = await authority.verify({ credential: agent.secret })
    expect(decision).toMatchObject({ limit: { remaining: 1 } })
  })

  it('takes 1 to 100 requests', async () => {
    const { ask, verifier } = await openSite()
    const as = verifier.secret
    for (const count of [0, 101]) {
      const requests = Array.from({ length: count }, () => ({ credential: 'x' }))
      expectProblem(await ask({ ...sent, as, body: { requests } }), 422, 'invalid_request')
    }
  })
})

describe('403', () => {
  it('asks for keys:verify', async () => {
    const { ask, mint } = await openSite()
    const agent = await mint('agent', 'organizations/o1/agents/a1')
    const answer = await ask({ ...sent, as: agent.secret, body: { requests: [] } })
    expectProblem(answer, 403, 'insufficient_scope')
  })
})
