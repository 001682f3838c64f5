import { eventPageSchema } from '@keywright/contract'
import { describe, expect, it } from 'vitest'
import { expectProblem, openSite } from '../open-site.ts'

const url = '/v1/events'

describe('GET /v1/events', () => {
  it('200 tells what happened in order, to whom it concerns, without secrets', async () => {
    const { ask, org, other, verifier } = await openSite()
    await ask({ method: 'POST', url: `/v1/keys/${verifier.id}/rotate`, as: org.secret })
    await ask({ method: 'DELETE', url: `/v1/keys/${verifier.id}`, as: org.secret })
    const answer = await ask({ url, as: org.secret })
    const { data, next_cursor } = eventPageSchema.parse(answer.body)
    expect(data.map(({ type, key_id }) => [type, key_id])).toEqual([
      ['key.minted', org.id],
      ['key.minted', verifier.id],
      ['key.rotated', verifier.id],
      ['key.revoked', verifier.id],
    ])
    expect(data[2]?.data).toEqual({ previous_ends_at: '2026-11-21T05:00:00Z' })
    expect(next_cursor).toBeNull()
    expect(answer.text).not.toContain(other.id)
  })

  it('200 pages and filters', async () => {
    const { ask, org, mint } = await openSite()
    for (let index = 0; index < 5; index += 1)
      await mint('agent', `organizations/o1/agents/a${index}`)
    const first = eventPageSchema.parse((await ask({ url: `${url}?limit=4`, as: org.secret })).body)
    const rest = await ask({ url: `${url}?cursor=${first.next_cursor}`, as: org.secret })
    const seqs = [...first.data, ...eventPageSchema.parse(rest.body).data].map(({ seq }) => seq)
    expect(seqs).toEqual([1, 3, 4, 5, 6, 7, 8])
    const only = await ask({ url: `${url}?type=key.minted&key_id=${org.id}`, as: org.secret })
    expect(eventPageSchema.parse(only.body).data).toHaveLength(1)
  })

  it('403 asks for keys:audit; 422 refuses what is no filter', async () => {
    const { ask, org, verifier } = await openSite()
    expectProblem(await ask({ url, as: verifier.secret }), 403, 'insufficient_scope')
    for (const query of ['type=key.gone', 'cursor=LTE', 'limit=0', 'after=1']) {
      expectProblem(await ask({ url: `${url}?${query}`, as: org.secret }), 422, 'invalid_request')
    }
  })
})
