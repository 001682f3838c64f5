import { keySchema } from '@keywright/contract'
import { describe, expect, it } from 'vitest'
import { expectProblem, openSite } from '../open-site.ts'

const method = 'PATCH'

describe('200', () => {
  it('renames a key and makes it less', async () => {
    const { ask, org, mint } = await openSite()
    const { id } = await mint('agent', 'organizations/o1/agents/a1')
    const body = { name: 'new', scopes: ['agents:read'], expires_in: 60, metadata: { team: 'x' } }
    const answer = await ask({ method, url: `/v1/keys/${id}`, as: org.secret, body })
    const { name, scopes, metadata, expires_at } = keySchema.parse(answer.body)
    expect({ name, scopes, metadata }).toEqual({
      name: 'new',
      scopes: ['agents:read'],
      metadata: { team: 'x' },
    })
    expect(expires_at).toBe('2026-11-21T05:01:00Z')
  })
})

describe('refusals', () => {
  it('never widens, never touches what is gone or foreign, and takes no other field', async () => {
    const { ask, org, other, mint, authority } = await openSite()
    const { id } = await mint('agent', 'organizations/o1/agents/a1', { scopes: ['agents:read'] })
    const url = `/v1/keys/${id}`
    const as = org.secret
    expectProblem(
      await ask({ method, url, as, body: { scopes: ['keys:read'] } }),
      422,
      'not_narrower',
    )
    expectProblem(await ask({ method, url, as, body: { kind: 'org' } }), 422, 'invalid_request')
    const foreign = await ask({ method, url: `/v1/keys/${other.id}`, as, body: { name: 'x' } })
    expectProblem(foreign, 404, 'key_not_found')
    await authority.keys.revoke(id)
    expectProblem(await ask({ method, url, as, body: { name: 'x' } }), 409, 'key_ended')
  })
})
