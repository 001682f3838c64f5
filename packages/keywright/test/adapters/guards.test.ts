// One behaviour, four frameworks: every test here runs over each guard on a real server, with the real engine.

import { TestClock } from '@keywright/core/testing'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { rememberSecret } from '../../../../tools/canary/registry.ts'
import { openAuthority } from '../../src/index.ts'
import type { Answer, Question } from './ask.ts'
import { ask } from './ask.ts'
import type { DemoKind, DemoMode, RunningDemo, StartDemo } from './demo.ts'
import { definition } from './demo.ts'
import { startExpress } from './demo-express.ts'
import { startFastify } from './demo-fastify.ts'
import { startFetch } from './demo-fetch.ts'
import { startHono } from './demo-hono.ts'

/** Frameworks on Node's own requests see header lines; those on `Request` see them joined. */
const FRAMEWORKS: readonly [string, StartDemo, { readonly seesLines: boolean }][] = [
  ['fetch', startFetch, { seesLines: false }],
  ['hono', startHono, { seesLines: false }],
  ['express', startExpress, { seesLines: true }],
  ['fastify', startFastify, { seesLines: true }],
]

const open = (clock: TestClock) => openAuthority(definition, { database: ':memory:', clock })

describe.each(FRAMEWORKS)('the guard for %s', (_name, start, { seesLines }) => {
  const clock = new TestClock()
  const errors: unknown[] = []
  let authority: Awaited<ReturnType<typeof open>>
  let demo: RunningDemo
  let handled = 0
  let organizations = 0
  let organization = ''

  beforeAll(async () => {
    authority = await open(clock)
    const onHandled = (): void => void (handled += 1)
    demo = await start({ authority, onHandled, onError: (error) => errors.push(error) })
  })

  afterAll(async () => {
    await demo.close()
    await authority.close()
    expect(errors).toEqual([])
  })

  beforeEach(() => {
    handled = 0
    organizations += 1
    organization = `organizations/org_${organizations}`
  })

  async function mint(
    kind: DemoKind,
    more: { resource?: string; mode?: DemoMode; expiresInSeconds?: number } = {},
  ): Promise<{ id: string; secret: string; bearer: readonly string[] }> {
    const minted = await authority.keys.mint(kind, { resource: organization, ...more })
    if (!minted.ok || minted.secret === null)
      throw new Error(`not minted: ${JSON.stringify(minted)}`)
    rememberSecret(minted.secret)
    return { id: minted.key.id, secret: minted.secret, bearer: bearer(minted.secret) }
  }

  function bearer(secret: string): readonly string[] {
    return ['authorization', `Bearer ${secret}`]
  }

  const call = (question: Question): Promise<Answer> => ask(demo.port, question)

  /** The whole of a refusal: status, challenge, and the body but for its own request id. */
  function refusal({ status, headers, body }: Answer): Record<string, unknown> {
    const { request_id: requestId, ...rest } = body
    expect(requestId).toMatch(/^[0-9a-f-]{36}$/)
    expect(headers['content-type']).toBe('application/problem+json')
    expect(headers['cache-control']).toBe('no-store')
    expect(rest).toMatchObject({ type: `urn:keywright:problem:${String(body.code)}`, status })
    expect(handled).toBe(0)
    return { status, code: body.code, challenge: headers['www-authenticate'] }
  }

  const invalidToken = 'Bearer realm="acme", error="invalid_token"'
  const invalidRequest = 'Bearer realm="acme", error="invalid_request"'

  describe('who passes', () => {
    test('puts the principal on the request', async () => {
      const key = await mint('org')
      const answer = await call({ path: '/v1/agents', headers: key.bearer })
      expect(answer.status).toBe(200)
      const principal = { key_id: key.id, kind: 'org', resource: organization, mode: 'live' }
      expect(answer.body).toEqual(principal)
      const created = await call({ method: 'POST', path: '/v1/agents', headers: key.bearer })
      expect([created.status, created.body]).toEqual([201, principal])
    })

    test('passes an agent to its own resource, and a key of the organization to every agent', async () => {
      const agent = await mint('agent', { resource: `${organization}/agents/agt_7` })
      const org = await mint('org')
      for (const { bearer: headers } of [agent, org]) {
        const answer = await call({ path: '/v1/agents/agt_7/availability', headers })
        expect([answer.status, answer.body.id]).toEqual([200, 'agt_7'])
      }
    })

    test('authenticates only, where no scope is given', async () => {
      const agent = await mint('agent', { resource: `${organization}/agents/agt_7` })
      const answer = await call({ path: '/v1/me', headers: agent.bearer })
      expect([answer.status, answer.body.kind]).toEqual([200, 'agent'])
    })

    test('takes the credential from any declared header, also twice the same one', async () => {
      const { secret } = await mint('org', { mode: 'test' })
      const one = await call({ path: '/v1/me', headers: ['X-API-Key', secret] })
      const both = await call({ path: '/v1/me', headers: ['x-api-key', secret, ...bearer(secret)] })
      expect([one.status, both.status]).toEqual([200, 200])
    })

    test('reads a percent-encoded parameter as the id it means, or as nothing', async () => {
      const { bearer: headers } = await mint('org')
      const answer = await call({ path: '/v1/agents/%61gt_7/availability', headers })
      const outcome = [answer.status, answer.body.id ?? answer.body.code]
      expect([
        [200, 'agt_7'],
        [404, 'not_found'],
      ]).toContainEqual(outcome)
    })

    test('answers HEAD as GET, without a body', async () => {
      const { bearer: headers } = await mint('org')
      const passed = await call({ method: 'HEAD', path: '/v1/agents', headers })
      expect([passed.status, passed.text]).toEqual([200, ''])
      const refused = await call({ method: 'HEAD', path: '/v1/agents' })
      expect([refused.status, refused.text]).toEqual([401, ''])
      expect(refused.headers['www-authenticate']).toBe('Bearer realm="acme"')
    })
  })

  describe('who does not', () => {
    test('asks for a credential where none was sent, also when the body holds one', async () => {
      const answer = await call({ path: '/v1/agents' })
      const challenge = 'Bearer realm="acme"'
      expect(refusal(answer)).toEqual({ status: 401, code: 'missing_credential', challenge })
      expect(answer.body.detail).toContain('Authorization: Bearer <key>')
      const basic = await call({ path: '/v1/agents', headers: ['authorization', 'Basic YTpi'] })
      expect(refusal(basic)).toEqual({ status: 401, code: 'missing_credential', challenge })
    })

    test.each(['Bearer', 'Bearer a b', 'Bearer "abc"', 'Bearer a,b', `Bearer ${'a'.repeat(8193)}`])(
      'refuses the malformed %.20s',
      async (value) => {
        const answer = await call({ path: '/v1/agents', headers: ['authorization', value] })
        const expected = { status: 401, code: 'malformed_credential', challenge: invalidToken }
        expect(refusal(answer)).toEqual(expected)
      },
    )

    test('refuses an unknown key and one with a wrong checksum alike', async () => {
      const { secret } = await mint('org')
      const other = await openAuthority(definition, { database: ':memory:', clock })
      const foreign = await other.keys.mint('org', { resource: organization })
      await other.close()
      const unknown = foreign.ok ? (foreign.secret ?? '') : ''
      const last = secret.endsWith('0') ? '1' : '0'
      const wrong = [
        unknown,
        `${secret.slice(0, -1)}${last}`,
        secret.slice(0, -1),
        'ac_sk_live_',
        'x',
      ]
      const answers = await Promise.all(
        wrong.map((each) => call({ path: '/v1/agents', headers: bearer(each) })),
      )
      for (const answer of answers) {
        const expected = { status: 401, code: 'invalid_key', challenge: invalidToken }
        expect(refusal(answer)).toEqual(expected)
        expect(answer.body.detail).toBe(answers[0]?.body.detail)
      }
    })

    test('says of a revoked key that it is revoked, at the next request', async () => {
      const key = await mint('org')
      expect((await call({ path: '/v1/agents', headers: key.bearer })).status).toBe(200)
      await authority.keys.revoke(key.id)
      handled = 0
      const answer = await call({ path: '/v1/agents', headers: key.bearer })
      const expected = { status: 401, code: 'key_revoked', challenge: invalidToken }
      expect(refusal(answer)).toEqual(expected)
    })

    test('says of an expired key that it has expired', async () => {
      const key = await mint('org', { expiresInSeconds: 60 })
      clock.advance(60_000)
      const answer = await call({ path: '/v1/agents', headers: key.bearer })
      const expected = { status: 401, code: 'key_expired', challenge: invalidToken }
      expect(refusal(answer)).toEqual(expected)
    })

    test('refuses the keys of a disabled resource until it is enabled', async () => {
      const { bearer: headers } = await mint('org')
      await authority.resources.disable(organization)
      const answer = await call({ path: '/v1/agents', headers })
      const expected = { status: 401, code: 'resource_disabled', challenge: invalidToken }
      expect(refusal(answer)).toEqual(expected)
      await authority.resources.enable(organization)
      expect((await call({ path: '/v1/agents', headers })).status).toBe(200)
    })

    test('forbids what the scopes do not grant and names the scope', async () => {
      const agent = await mint('agent', { resource: `${organization}/agents/agt_7` })
      const answer = await call({ method: 'POST', path: '/v1/agents', headers: agent.bearer })
      const challenge = 'Bearer realm="acme", error="insufficient_scope", scope="agents:write"'
      expect(refusal(answer)).toEqual({ status: 403, code: 'insufficient_scope', challenge })
      expect(answer.body.scope).toBe('agents:write')
    })

    test("forbids another agent's resource", async () => {
      const agent = await mint('agent', { resource: `${organization}/agents/agt_7` })
      const answer = await call({ path: '/v1/agents/agt_8/availability', headers: agent.bearer })
      const expected = { status: 403, code: 'outside_resource', challenge: undefined }
      expect(refusal(answer)).toEqual(expected)
    })

    test('forbids data of another mode', async () => {
      const { bearer: headers } = await mint('org', { mode: 'test' })
      const answer = await call({ path: '/v1/live', headers })
      const expected = { status: 403, code: 'wrong_mode', challenge: undefined }
      expect(refusal(answer)).toEqual(expected)
    })
  })

  describe('requests that could be read in two ways', () => {
    const malformed = { status: 401, code: 'malformed_credential', challenge: invalidToken }
    const conflicting = { status: 400, code: 'conflicting_credentials', challenge: invalidRequest }

    test('refuses two headers that name two principals, whichever is right', async () => {
      const [one, two] = [await mint('org'), await mint('org')]
      for (const [a, b] of [
        [one.secret, two.secret],
        [one.secret, 'ac_sk_live_x'],
        ['ac_sk_live_x', one.secret],
      ] as const) {
        const answer = await call({ path: '/v1/me', headers: [...bearer(a), 'x-api-key', b] })
        expect(refusal(answer)).toEqual(conflicting)
      }
    })

    test('refuses a header sent twice, whatever the two lines say', async () => {
      const [one, two] = [await mint('org'), await mint('org')]
      const expected = seesLines ? conflicting : malformed
      for (const headers of [
        [...one.bearer, ...two.bearer],
        [...one.bearer, ...one.bearer],
        ['x-api-key', one.secret, 'x-api-key', two.secret],
        ['x-api-key', one.secret, 'x-api-key', ''],
        ['Authorization', `Bearer ${one.secret}`, 'authorization', 'Basic YTpi'],
      ]) {
        expect(refusal(await call({ path: '/v1/me', headers }))).toEqual(expected)
      }
    })

    test('takes no principal from a second line behind another scheme', async () => {
      const { secret } = await mint('org')
      const headers = ['authorization', 'Basic YTpi', 'authorization', `Bearer ${secret}`]
      const { status } = refusal(await call({ path: '/v1/me', headers }))
      expect(status).toBe(seesLines ? 400 : 401)
    })

    test('refuses a credential in the URL, also beside a right one in a header', async () => {
      const { secret, bearer: headers } = await mint('org')
      const expected = { status: 400, code: 'credential_in_url', challenge: invalidRequest }
      for (const path of [
        `/v1/me?access_token=${secret}`,
        '/v1/me?api_key=x',
        `/v1/me?a=1&token=${secret}`,
      ]) {
        const answers = [await call({ path }), await call({ path, headers })]
        for (const answer of answers) {
          expect(refusal(answer)).toEqual(expected)
          expect(answer.text).not.toContain(secret)
        }
      }
    })

    test.each([
      '-',
      '%2D',
      'a%2Fb',
      'agt_7%2Fagents%2Fagt_8',
      'a%252Fb',
      'a%20b',
      'a%00',
      '%C3%A9',
      '...',
      ';',
    ])('finds nothing at the id %.30s', async (id) => {
      const { bearer: headers } = await mint('org')
      const answer = await call({ path: `/v1/agents/${id}/availability`, headers })
      const expected = { status: 404, code: 'not_found', challenge: undefined }
      expect(refusal(answer)).toEqual(expected)
      const anonymous = await call({ path: `/v1/agents/${id}/availability` })
      expect(refusal(anonymous)).toMatchObject({ status: 401, code: 'missing_credential' })
    })

    test.each(['', '.', '..', '%2e', '%2E%2e', '%zz', 'a'.repeat(129)])(
      'runs no handler for the id %.30j, which routers see differently',
      async (id) => {
        const { bearer: headers } = await mint('org')
        const answer = await call({ path: `/v1/agents/${id}/availability`, headers })
        expect([400, 404, 414]).toContain(answer.status)
        expect(handled).toBe(0)
      },
    )
  })

  describe('limits', () => {
    test('tells how a limit stands, and refuses with the time to wait', async () => {
      const { bearer: headers } = await mint('fast')
      const answers: Answer[] = []
      for (let count = 0; count < 3; count += 1)
        answers.push(await call({ path: '/v1/me', headers }))
      expect(answers.map(({ status }) => status)).toEqual([200, 200, 200])
      expect(answers[0]?.headers['ratelimit-policy']).toBe('"rate";q=3;w=60')
      expect(answers.map((each) => each.headers.ratelimit)).toEqual([
        expect.stringMatching(/^"rate";r=2;t=\d+$/),
        expect.stringMatching(/^"rate";r=1;t=\d+$/),
        expect.stringMatching(/^"rate";r=0;t=\d+$/),
      ])
      handled = 0
      const limited = await call({ path: '/v1/me', headers })
      const expected = { status: 429, code: 'rate_limited', challenge: undefined }
      expect(refusal(limited)).toEqual(expected)
      expect(limited.headers['retry-after']).toBe('20')
      expect(limited.body.retry_after).toBe(20)
      expect(limited.headers.ratelimit).toMatch(/^"rate";r=0;t=\d+$/)
      clock.advance(20_000)
      expect((await call({ path: '/v1/me', headers })).status).toBe(200)
    })

    test('takes the cost of a route from the quota, and nothing when it does not suffice', async () => {
      const { bearer: headers } = await mint('org')
      const first = await call({ path: '/v1/dear', headers })
      expect(first.headers['ratelimit']).toMatch(/^"quota";r=2;t=\d+$/)
      handled = 0
      const exhausted = await call({ path: '/v1/dear', headers })
      const expected = { status: 429, code: 'quota_exhausted', challenge: undefined }
      expect(refusal(exhausted)).toEqual(expected)
      expect(Number(exhausted.headers['retry-after'])).toBeGreaterThan(86_400)
      expect((await call({ path: '/v1/me', headers })).status).toBe(200)
    })

    test('charges a request with three guards once', async () => {
      const { bearer: headers } = await mint('fast')
      const answers: Answer[] = []
      for (let count = 0; count < 4; count += 1) {
        answers.push(await call({ path: '/v1/thrice', headers }))
      }
      expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 429])
      expect(answers[0]?.headers.ratelimit).toMatch(/^"rate";r=2;/)
    })

    test('names no limit where none applies', async () => {
      const { bearer: headers } = await mint('org', { mode: 'test' })
      const answer = await call({ path: '/v1/me', headers })
      expect(answer.headers).not.toHaveProperty('ratelimit')
      expect(answer.headers).not.toHaveProperty('ratelimit-policy')
    })
  })

  test('lets a handler refuse in the same form, with the limit as it stands', async () => {
    const { bearer: headers } = await mint('fast')
    const answer = await call({ path: '/v1/refused', headers })
    const expected = { status: 404, code: 'not_found', challenge: undefined }
    expect(refusal(answer)).toEqual(expected)
    expect(answer.body.detail).toBe('There is no such calendar.')
    expect(answer.headers.ratelimit).toMatch(/^"rate";r=2;/)
  })

  test('answers 503 when the database cannot say, neither yes nor no', async () => {
    const broken = await open(clock)
    const minted = await broken.keys.mint('org', { resource: organization })
    const secret = minted.ok ? (minted.secret ?? '') : ''
    const onHandled = (): void => void (handled += 1)
    const other = await start({ authority: broken, onHandled, onError: () => {} })
    await broken.close()
    const answer = await ask(other.port, { path: '/v1/me', headers: bearer(secret) })
    const expected = { status: 503, code: 'unavailable', challenge: undefined }
    expect(refusal(answer)).toEqual(expected)
    expect(answer.headers['retry-after']).toBe('1')
    await other.close()
  })

  test('answers 503 when the verifier breaks, and tells the program why', async () => {
    const told: unknown[] = []
    const verify = (): Promise<never> => Promise.reject(new Error('broken'))
    const onHandled = (): void => void (handled += 1)
    const options = { authority: { ...authority, verify }, onHandled }
    const other = await start({ ...options, onError: (error) => told.push(error) })
    const answer = await ask(other.port, { path: '/v1/me', headers: bearer('x') })
    expect(refusal(answer)).toMatchObject({ status: 503, code: 'unavailable' })
    expect(answer.text).not.toContain('broken')
    expect(told).toEqual([new Error('broken')])
    await other.close()
  })
})
