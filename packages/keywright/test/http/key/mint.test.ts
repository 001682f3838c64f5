import { mintedSchema, mintReplaySchema } from '@keywright/contract'
import { describe, expect, it } from 'vitest'
import { expectProblem, openSite } from '../open-site.ts'

const url = '/v1/keys'
const method = 'POST'
const agent = { kind: 'agent', resource: 'organizations/o1/agents/a1' }

describe('201', () => {
  it('shows the secret once, beside the whole key', async () => {
    const { ask, org } = await openSite()
    const answer = await ask({
      method,
      url,
      as: org.secret,
      body: { ...agent, name: 'one', expires_in: 60 },
    })
    expect(answer.status).toBe(201)
    const key = mintedSchema.parse(answer.body)
    expect(key.key.startsWith(key.start)).toBe(true)
    expect(key).toMatchObject({ name: 'one', mode: 'live', parent_id: org.id, created_by: org.id })
    expect(key).toMatchObject({
      created_at: '2026-11-21T05:00:00Z',
      expires_at: '2026-11-21T05:01:00Z',
    })
    const shown = await ask({ url: `${url}/${key.id}`, as: org.secret })
    expect(shown.text).not.toContain(key.key)
  })
})

describe('200', () => {
  it('repeats the key without its secret for the same Idempotency-Key', async () => {
    const { ask, org } = await openSite()
    const headers = { 'idempotency-key': 'k-1' }
    const sent = { method, url, as: org.secret, headers, body: agent }
    const first = await ask(sent)
    const second = await ask(sent)
    expect([first.status, second.status]).toEqual([201, 200])
    expect(mintReplaySchema.parse(second.body)).toMatchObject({ id: first.body.id, replayed: true })
    expect(second.headers['idempotency-replayed']).toBe('true')
    expect(second.body).not.toHaveProperty('key')
  })

  it('makes one key of many requests at once with the same Idempotency-Key', async () => {
    const { ask, org } = await openSite()
    const sent = { method, url, as: org.secret, headers: { 'idempotency-key': 'k-2' }, body: agent }
    const answers = await Promise.all(Array.from({ length: 8 }, () => ask(sent)))
    expect(new Set(answers.map(({ body }) => body.id)).size).toBe(1)
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1)
  })

  it('keeps the Idempotency-Keys of callers apart', async () => {
    const { ask, org, other } = await openSite()
    const headers = { 'idempotency-key': 'k-3' }
    const first = await ask({ method, url, as: org.secret, headers, body: agent })
    const body = { kind: 'agent', resource: 'organizations/o2/agents/a1' }
    const second = await ask({ method, url, as: other.secret, headers, body })
    expect([first.status, second.status]).toEqual([201, 201])
  })
})

describe('400', () => {
  it('is the answer to a body that is no JSON, not UTF-8, or not whole', async () => {
    const { ask, org } = await openSite()
    const headers = { 'content-type': 'application/json' }
    for (const body of ['{', 'nonsense', Buffer.from([0x22, 0xff, 0x22])]) {
      expectProblem(
        await ask({ method, url, as: org.secret, headers, body }),
        400,
        'malformed_body',
      )
    }
  })
})

describe('401', () => {
  it('comes before anything of the body is looked at, whoever it names (row 12)', async () => {
    const { ask } = await openSite()
    const body = { ...agent, user_id: 'victim', created_by: 'key_victim' }
    expectProblem(await ask({ method, url, body }), 401, 'missing_credential')
    const junk = await ask({ method, url, body: 'x', headers: { 'content-type': 'text/plain' } })
    expectProblem(junk, 401, 'missing_credential')
  })
})

describe('403', () => {
  it('refuses a child that is wider than its minter (row 15)', async () => {
    const { ask, org, mint } = await openSite()
    const small = await mint('org', 'organizations/o1', { scopes: ['agents:read', 'keys:write'] })
    const wider = { ...agent, scopes: ['agents:read', 'keys:read'] }
    expectProblem(await ask({ method, url, as: small.secret, body: wider }), 403, 'exceeds_parent')
    const elsewhere = { kind: 'agent', resource: 'organizations/o2/agents/a1' }
    expectProblem(
      await ask({ method, url, as: org.secret, body: elsewhere }),
      403,
      'exceeds_parent',
    )
    const mode = await ask({ method, url, as: org.secret, body: { ...agent, mode: 'test' } })
    expectProblem(mode, 403, 'exceeds_parent')
  })

  it('refuses callers without keys:write and kinds that they may not mint', async () => {
    const { ask, org, verifier } = await openSite()
    const lacking = await ask({ method, url, as: verifier.secret, body: agent })
    expectProblem(lacking, 403, 'insufficient_scope')
    const body = { kind: 'org', resource: 'organizations/o1' }
    expectProblem(await ask({ method, url, as: org.secret, body }), 403, 'kind_not_mintable')
  })
})

describe('409', () => {
  it('says that the one key there can be exists', async () => {
    const { ask, org } = await openSite()
    const sent = {
      method,
      url,
      as: org.secret,
      body: { kind: 'single', resource: 'organizations/o1' },
    }
    expect((await ask(sent)).status).toBe(201)
    expectProblem(await ask(sent), 409, 'key_exists')
  })
})

describe('413', () => {
  it('refuses a body over 64 KiB', async () => {
    const { ask, org } = await openSite()
    const body = { ...agent, name: 'n'.repeat(70_000) }
    expectProblem(await ask({ method, url, as: org.secret, body }), 413, 'body_too_large')
  })
})

describe('415', () => {
  it('takes JSON in UTF-8 only', async () => {
    const { ask, org } = await openSite()
    for (const type of [
      'text/plain',
      'application/x-www-form-urlencoded',
      'application/json; charset=latin1',
    ]) {
      const headers = { 'content-type': type }
      const body = JSON.stringify(agent)
      const answer = await ask({ method, url, as: org.secret, headers, body })
      expectProblem(answer, 415, 'unsupported_media_type')
    }
  })
})

describe('422', () => {
  it('refuses every field that only the server sets (row 14)', async () => {
    const { ask, org } = await openSite()
    const fields = [
      'id',
      'key',
      'start',
      'holder',
      'parent_id',
      'created_by',
      'created_at',
      'expires_at',
    ]
    for (const field of [
      ...fields,
      'revoked_at',
      'limit',
      'remaining',
      'role',
      'user_id',
      'spend_cap',
    ]) {
      const answer = await ask({ method, url, as: org.secret, body: { ...agent, [field]: 1 } })
      expectProblem(answer, 422, 'invalid_request')
      expect(answer.body.errors).toEqual([{ field: 'body', detail: `Unknown field: "${field}"` }])
    }
  })

  it('refuses names that reach into prototypes, hidden ones too', async () => {
    const { ask, org } = await openSite()
    const headers = { 'content-type': 'application/json' }
    for (const name of ['__proto__', 'constructor', '\\u005f_proto__']) {
      for (const body of [`{"${name}":{"kind":"org"}}`, `{"metadata":{"${name}":"x"}}`]) {
        const answer = await ask({ method, url, as: org.secret, headers, body })
        expectProblem(answer, 422, 'invalid_request')
      }
    }
  })

  it('names what does not fit the definition', async () => {
    const { ask, org } = await openSite()
    const wrong = [
      [{ ...agent, kind: 'nope' }, 'unknown_kind'],
      [{ ...agent, scopes: ['agents:fly'] }, 'unknown_scope'],
      [{ ...agent, scopes: ['agents:write'] }, 'scope_not_in_kind'],
      [{ ...agent, resource: 'agents/a1' }, 'invalid_resource'],
      [{ ...agent, mode: 'nope' }, 'invalid_mode'],
      [{ ...agent, expires_in: 0 }, 'invalid_lifetime'],
      [{ ...agent, name: '' }, 'invalid_name'],
      [{ ...agent, metadata: { k: 'v'.repeat(513) } }, 'invalid_metadata'],
      [{ kind: 'agent' }, 'invalid_request'],
      [{ ...agent, expires_in: 1.5 }, 'invalid_request'],
    ] as const
    for (const [body, code] of wrong) {
      expectProblem(await ask({ method, url, as: org.secret, body }), 422, code)
    }
    expectProblem(await ask({ method, url, as: org.secret }), 422, 'invalid_request')
    expectProblem(
      await ask({ method, url: `${url}?x=1`, as: org.secret, body: agent }),
      422,
      'invalid_request',
    )
  })

  it('refuses the same Idempotency-Key for another body, and one that is none', async () => {
    const { ask, org } = await openSite()
    const headers = { 'idempotency-key': 'k-4' }
    await ask({ method, url, as: org.secret, headers, body: agent })
    const body = { ...agent, name: 'other' }
    const other = await ask({ method, url, as: org.secret, headers, body })
    expectProblem(other, 422, 'idempotency_conflict')
    for (const key of ['', 'with space', 'x'.repeat(256), ['a', 'b']]) {
      const sent = { method, url, as: org.secret, headers: { 'idempotency-key': key }, body: agent }
      expectProblem(await ask(sent), 422, 'invalid_request')
    }
  })
})
