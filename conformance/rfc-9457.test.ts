// RFC 9457: Problem Details for HTTP APIs.

import { PROBLEMS } from '@keywright/contract'
import { describe, expect, it } from 'vitest'
import type { Answer } from './site/open-site.ts'
import { bearer, openSite } from './site/open-site.ts'

/** One problem of each status that a client can cause. */
async function someProblems(): Promise<Answer[]> {
  const { ask, mint } = await openSite()
  const { secret } = await mint('org', 'organizations/o1')
  const rs = await mint('rs', 'organizations/o1')
  const agent = await mint('agent', 'organizations/o1/agents/a1')
  const headers = bearer(secret)
  for (let call = 0; call < 2; call += 1) await ask('/v1/me', { headers: bearer(agent.secret) })
  const json = { ...headers, 'content-type': 'application/json' }
  return [
    await ask('/v1/keys', { method: 'POST', headers: json, body: '{' }),
    await ask('/v1/keys'),
    await ask('/v1/keys', { headers: bearer(rs.secret) }),
    await ask('/v1/keys/key_nobody', { headers }),
    await ask('/nowhere', { headers }),
    await ask('/v1/keys', { method: 'PUT', headers }),
    await ask('/v1/keys', { method: 'POST', headers, body: { name: 'x'.repeat(70_000) } }),
    await ask('/v1/keys', {
      method: 'POST',
      headers: { ...headers, 'content-type': 'text/plain' },
      body: 'x',
    }),
    await ask('/v1/keys', { method: 'POST', headers, body: { what: 1 } }),
    await ask('/v1/me', { headers: bearer(agent.secret) }),
    await ask('/v1/forward-auth'),
    await ask('/v1/verify', { method: 'POST', headers, body: {} }),
  ]
}

describe('RFC 9457', () => {
  it('section 3: every error is application/problem+json, an object', async () => {
    const answers = await someProblems()
    expect(answers.map(({ status }) => status)).toEqual([
      400, 401, 403, 404, 404, 405, 413, 415, 422, 429, 401, 422,
    ])
    for (const answer of answers) {
      expect(answer.headers['content-type']).toBe('application/problem+json')
      expect(answer.json()).toBeTypeOf('object')
    }
  })

  it('section 3.1.1: type is a URI that names the kind of problem', async () => {
    for (const answer of await someProblems()) {
      const { type, code } = answer.json()
      expect(new URL(String(type)).href).toBe(`urn:keywright:problem:${String(code)}`)
    }
  })

  it('section 3.1.2: status is the status of the answer', async () => {
    for (const answer of await someProblems()) expect(answer.json()['status']).toBe(answer.status)
  })

  it('section 3.1.3: title is the same for every occurrence of a type', async () => {
    for (const answer of await someProblems()) {
      const { title, code } = answer.json()
      expect(title).toBe(PROBLEMS[code as keyof typeof PROBLEMS].title)
    }
  })

  it('section 3.1.4: detail explains this occurrence in words', async () => {
    for (const answer of await someProblems())
      expect(answer.json()['detail']).toMatch(/\w+ \w+.*\.$/s)
  })

  it('section 3.2: extension members have plain names', async () => {
    for (const answer of await someProblems()) {
      for (const name of Object.keys(answer.json())) expect(name).toMatch(/^[a-z][a-z_]{2,}$/)
    }
  })

  it('section 4: problems repeat no secret and nothing of our insides', async () => {
    for (const answer of await someProblems())
      expect(answer.text).not.toMatch(/cf_|at .+\.ts|SQL|node:/)
  })
})
