import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { TestClock } from '@keywright/core/testing'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { checkRequestIds } from '../../tools/run/check-request-ids.ts'
import type { StartedApp } from './testing/start-app.ts'
import { startApp } from './testing/start-app.ts'

const AGENT_KEY = /^chr_ak_[0-9A-Za-z]{36}$/
const ORG_KEY = /^chr_sk_[0-9A-Za-z]{36}$/
const PROBLEM = 'application/problem+json'

let clock: TestClock
let app: StartedApp

beforeEach(async () => {
  clock = new TestClock()
  app = await startApp(clock)
})

afterEach(() => app.close())

/** An agent with a calendar and one event, 12:00 to 13:00. */
async function addBusyAgent(name: string) {
  const agent = await app.addAgent(name)
  const path = `/v1/agents/${agent.id}`
  const calendar = await app.call(`POST ${path}/calendars`, { body: { name: 'Work' } })
  const calendarId = calendar.id
  const event = {
    calendar_id: calendarId,
    title: 'Lunch',
    start: '2026-11-21T12:00:00Z',
    end: '2026-11-21T14:00:00+01:00',
  }
  const made = await app.call(`POST ${path}/events`, { body: event })
  expect(made.status).toBe(201)
  return { ...agent, path, calendarId, eventId: made.id }
}

describe('chronary', () => {
  test('C1: every API request needs a key in Authorization', async () => {
    const { id } = await app.addAgent('Ada')
    const requests = [
      'GET /v1/agents',
      'POST /v1/agents',
      `GET /v1/agents/${id}`,
      `GET /v1/agents/${id}/calendars`,
      `POST /v1/agents/${id}/events`,
      `GET /v1/agents/${id}/availability`,
      `GET /v1/agents/${id}/ical`,
      'GET /v1/keys',
      'POST /v1/keys',
      'DELETE /v1/keys/key_1',
      'POST /v1/org-key/regenerate',
      'GET /v1/webhooks',
      'GET /v1/usage',
      'POST /v1/scheduling',
    ]
    for (const request of requests) {
      const [method = '', path = ''] = request.split(' ')
      const answer = await fetch(app.url + path, { method })
      expect.soft(answer.status, request).toBe(401)
      expect.soft(answer.headers.get('www-authenticate'), request).toBe('Bearer realm="chronary"')
      expect.soft(answer.headers.get('content-type'), request).toBe(PROBLEM)
    }
    expect((await app.call('GET /v1/agents')).status).toBe(200)
  })

  test('C2: an org key reaches everything; an agent key reads and writes what is of its agent', async () => {
    const { path, key, calendarId, eventId, id } = await addBusyAgent('Ada')
    expect(app.orgKey).toMatch(ORG_KEY)
    expect(key).toMatch(AGENT_KEY)
    for (const caller of [app.orgKey, key]) {
      const as = { key: caller }
      const calendar = await app.call(`POST ${path}/calendars`, { ...as, body: { name: 'Home' } })
      expect(calendar.status).toBe(201)
      const listed = await app.call(`GET ${path}/calendars`, as)
      expect(listed.body).toMatchObject({ data: expect.arrayContaining([calendar.body]) })
      const event = {
        calendar_id: calendar.id,
        title: 'Call',
        start: '2026-11-22T09:00:00Z',
        end: '2026-11-22T10:00:00Z',
      }
      const made = await app.call(`POST ${path}/events`, { ...as, body: event })
      expect(made.body).toMatchObject({ agent_id: id, ...event })
      const range = '?from=2026-11-22T00:00:00Z&to=2026-11-23T00:00:00Z'
      expect((await app.call(`GET ${path}/events${range}`, as)).body).toEqual({ data: [made.body] })
      expect((await app.call(`DELETE ${path}/events/${made.id}`, as)).status).toBe(204)
      const gone = await app.call(`DELETE ${path}/calendars/${calendar.id}`, as)
      expect(gone.status).toBe(204)

      const body = { calendar_id: calendarId }
      const subscribed = await app.call(`POST ${path}/ical-subscriptions`, { ...as, body })
      expect(subscribed.status).toBe(201)
      const feed = await app.call(`GET ${String(subscribed.body['url'])}`, as)
      expect(feed.headers.get('content-type')).toBe('text/calendar; charset=utf-8')
      expect(feed.text).toContain(`UID:${eventId}\r\n`)
      expect((await app.call(`GET ${path}/ical`, as)).text).toContain('SUMMARY:Lunch\r\n')
      const ended = `${path}/ical-subscriptions/${subscribed.id}`
      expect((await app.call(`DELETE ${ended}`, as)).status).toBe(204)
    }
  })

  test('C3: org keys alone make, list and delete agent keys; the raw key is in the create answer only', async () => {
    const { id } = await app.addAgent('Ada')
    const body = { agent_id: id, label: 'Sales agent production key' }
    const made = await app.call('POST /v1/keys', { body })
    expect(made.status).toBe(201)
    expect(made.body).toEqual({
      id: expect.stringMatching(/^key_/),
      key: expect.stringMatching(AGENT_KEY),
      prefix: String(made.body['key']).slice(0, 11),
      agent_id: id,
      label: 'Sales agent production key',
      created_at: expect.stringMatching(/Z$/),
      revoked_at: null,
    })

    const { key: secret, ...shown } = made.body
    const listed = await app.call('GET /v1/keys')
    expect(listed.body).toMatchObject({ data: expect.arrayContaining([shown]), next_cursor: null })
    expect(listed.text).not.toContain(secret)

    const unknown = { body: { agent_id: 'agt_none', label: 'x' } }
    expect(await app.call('POST /v1/keys', unknown)).toMatchObject({
      status: 404,
      body: { code: 'not_found' },
    })
    const agentKey = String(secret)
    for (const [request, given] of [
      ['POST /v1/keys', { body }],
      ['GET /v1/keys', {}],
      [`DELETE /v1/keys/${made.id}`, {}],
    ] as const) {
      const answer = await app.call(request, { ...given, key: agentKey })
      expect.soft(answer.status, request).toBe(403)
      expect.soft(answer.body['code'], request).toBe('insufficient_scope')
    }

    const deleted = await app.call(`DELETE /v1/keys/${made.id}`)
    expect(deleted).toMatchObject({ status: 200, body: { revoked_at: expect.any(String) } })
    expect(deleted.text).not.toContain(secret)
  })

  test('C4: an agent key gets 403 on org-only surfaces and on another agent', async () => {
    const { key, id } = await app.addAgent('Ada')
    const other = await addBusyAgent('Ben')
    const meeting = { agent_ids: [id], duration_minutes: 30 }
    for (const [request, body] of [
      ['POST /v1/agents', { name: 'Cy' }],
      [`GET /v1/availability?agent_ids=${id}`, undefined],
      ['POST /v1/webhooks', { url: 'https://example.test/' }],
      ['GET /v1/webhooks', undefined],
      ['DELETE /v1/webhooks/whk_1', undefined],
      ['GET /v1/usage', undefined],
      ['POST /v1/scheduling', meeting],
      ['POST /v1/org-key/regenerate', undefined],
    ] as const) {
      const answer = await app.call(request, { key, body })
      expect.soft(answer.status, request).toBe(403)
      expect.soft(answer.body['code'], request).toBe('insufficient_scope')
    }
    for (const path of [
      '',
      '/calendars',
      '/events',
      '/availability',
      '/ical',
      '/ical-subscriptions',
    ]) {
      const answer = await app.call(`GET ${other.path}${path}`, { key })
      expect.soft(answer.status, path).toBe(403)
      expect.soft(answer.body['code'], path).toBe('outside_resource')
    }
    // The same for an agent that does not exist: nothing is told apart.
    const absent = await app.call('GET /v1/agents/agt_none/availability', { key })
    expect(absent.status).toBe(403)

    const usage = await app.call('GET /v1/usage')
    expect(usage.body).toMatchObject({ period: '2026-11', limit: 10_000 })
    const both = `agent_ids=${id},${other.id}`
    const range = 'from=2026-11-21T11:30:00Z&to=2026-11-21T15:00:00Z'
    const compared = await app.call(`GET /v1/availability?${both}&${range}`)
    expect(compared.body).toMatchObject({
      common_free: [
        { start: '2026-11-21T11:30:00Z', end: '2026-11-21T12:00:00Z' },
        { start: '2026-11-21T13:00:00Z', end: '2026-11-21T15:00:00Z' },
      ],
    })
    const found = await app.call('POST /v1/scheduling', {
      body: {
        agent_ids: [id, other.id],
        duration_minutes: 45,
        from: '2026-11-21T11:30:00Z',
        to: '2026-11-21T15:00:00Z',
      },
    })
    expect(found.body).toEqual({
      slot: { start: '2026-11-21T13:00:00Z', end: '2026-11-21T13:45:00Z' },
    })
  })

  test('C5: the calls of the document work with an org key and with an agent key', async () => {
    const { key, id } = await addBusyAgent('Ada')
    await app.addAgent('Ben')
    const all = await app.call('GET /v1/agents')
    expect(all.body['data']).toHaveLength(2)
    const own = await app.call('GET /v1/agents', { key })
    expect(own.body).toEqual({ data: [expect.objectContaining({ id, name: 'Ada' })] })
    for (const caller of [app.orgKey, key]) {
      const answer = await app.call(`GET /v1/agents/${id}/availability`, { key: caller })
      expect(answer.status).toBe(200)
      expect(answer.body).toMatchObject({
        agent_id: id,
        busy: [{ start: '2026-11-21T12:00:00Z', end: '2026-11-21T13:00:00Z' }],
        free: [{ end: '2026-11-21T12:00:00Z' }, { start: '2026-11-21T13:00:00Z' }],
      })
    }
  })

  test('C8: only a digest is stored, only the prefix is shown later, and a deleted key ends at once', async () => {
    const { key, id, keyId } = await app.addAgent('Ada')
    expect((await app.call('GET /v1/agents', { key })).status).toBe(200)
    const listed = await app.call('GET /v1/keys')
    expect(listed.body).toMatchObject({ data: [{ prefix: key.slice(0, 11), agent_id: id }] })

    await app.call(`DELETE /v1/keys/${keyId}`)
    const ended = await app.call('GET /v1/agents', { key })
    expect(ended).toMatchObject({ status: 401, body: { code: 'key_revoked' } })

    const files = readdirSync(app.folder).map((name) => readFileSync(join(app.folder, name)))
    expect(files.length).toBeGreaterThan(1)
    for (const bytes of files) {
      // Not even the part after the prefix.
      expect(bytes.includes(key.slice(11))).toBe(false)
      expect(bytes.includes(app.orgKey.slice(11))).toBe(false)
    }
  })

  test('C9: 401, 403 and the two 429s are told apart, with Retry-After', async () => {
    const { key, id } = await app.addAgent('Ada')
    const other = await app.addAgent('Ben')
    const flipped = app.orgKey.endsWith('0') ? '1' : '0'
    for (const wrong of ['chr_sk_a1b2c3d4e5f6', app.orgKey.slice(0, -1) + flipped, 'hello']) {
      const answer = await app.call('GET /v1/agents', { key: wrong })
      expect(answer).toMatchObject({ status: 401, body: { code: 'invalid_key', status: 401 } })
      expect(answer.headers.get('www-authenticate')).toContain('error="invalid_token"')
    }
    expect((await app.call('GET /v1/usage', { key })).status).toBe(403)
    expect((await app.call(`GET /v1/agents/${other.id}`, { key })).status).toBe(403)

    clock.advance(2_000)
    for (let count = 0; count < 10; count += 1) {
      expect((await app.rush('GET /v1/agents')).status).toBe(200)
    }
    const limited = await app.rush('GET /v1/agents')
    expect(limited).toMatchObject({ status: 429, body: { code: 'rate_limited' } })
    expect(limited.headers.get('retry-after')).toBe('1')
    // Another key has its own rate.
    expect((await app.rush(`GET /v1/agents/${id}`, { key })).status).toBe(200)
    clock.advance(1_000)

    const { remaining } = (await app.rush('GET /v1/usage')).body
    const spent = await app.authority.verify({ credential: app.orgKey, cost: Number(remaining) })
    expect(spent.allowed).toBe(true)
    for (const caller of [app.orgKey, key]) {
      const exhausted = await app.call('GET /v1/agents', { key: caller })
      expect(exhausted).toMatchObject({ status: 429, body: { code: 'quota_exhausted' } })
      const monthEnds = Date.UTC(2026, 11, 1) - clock.now()
      expect(exhausted.headers.get('retry-after')).toBe(String(Math.ceil(monthEnds / 1000)))
    }
    clock.advance(Date.UTC(2026, 11, 1) - clock.now())
    expect((await app.call('GET /v1/agents')).status).toBe(200)
  })

  test('a leaked key that used the month up can be found and ended, and the org key replaced', async () => {
    const { key, id } = await app.addAgent('Ada')
    const { remaining } = (await app.call('GET /v1/usage')).body
    await app.authority.verify({ credential: key, cost: Number(remaining) })
    expect((await app.call(`GET /v1/agents/${id}`, { key })).body).toMatchObject({
      code: 'quota_exhausted',
    })
    expect((await app.call('GET /v1/usage')).body).toMatchObject({ remaining: 0 })
    expect((await app.call('GET /v1/me', { key })).status).toBe(200)
    const [leaked] = (await app.call('GET /v1/keys')).body['data'] as { id: string }[]
    expect((await app.call(`DELETE /v1/keys/${leaked?.id}`)).status).toBe(200)
    expect((await app.call('GET /v1/me', { key })).status).toBe(401)
    expect((await app.call('POST /v1/keys', { body: { agent_id: id } })).status).toBe(201)
    expect((await app.call('POST /v1/org-key/regenerate')).status).toBe(200)
  })

  test('C10: regenerating the org key answers the new one once and ends the previous one at once', async () => {
    const { key: agentKey } = await app.addAgent('Ada')
    expect((await app.call('POST /v1/org-key/regenerate', { key: agentKey })).status).toBe(403)
    const made = await app.call('POST /v1/org-key/regenerate')
    expect(made).toMatchObject({ status: 200, body: { key: expect.stringMatching(ORG_KEY) } })
    const fresh = String(made.body['key'])
    expect(fresh).not.toBe(app.orgKey)

    expect((await app.call('GET /v1/agents')).status).toBe(401)
    expect((await app.call('GET /v1/agents', { key: fresh })).status).toBe(200)
    // Keys that the org key made live on: it is the same key with another secret.
    expect((await app.call('GET /v1/agents', { key: agentKey })).status).toBe(200)
  })

  test('refuses bodies that do not fit, in the same form as everything else', async () => {
    const post = (headers: Record<string, string>, body: string): Promise<Response> => {
      clock.advance(100)
      const authorization = `Bearer ${app.orgKey}`
      const init = { method: 'POST', headers: { ...headers, authorization }, body }
      return fetch(`${app.url}/v1/agents`, init)
    }
    const json = { 'content-type': 'application/json' }
    for (const [status, code, headers, body] of [
      [422, 'invalid_request', json, '{"name":"Ada","admin":true}'],
      [422, 'invalid_request', json, '{"name":5}'],
      [400, 'malformed_body', json, '{"name":'],
      [415, 'unsupported_media_type', { 'content-type': 'text/csv' }, 'Ada'],
      [413, 'body_too_large', json, `"${'x'.repeat(70_000)}"`],
    ] as const) {
      const answer = await post(headers, body)
      expect.soft(answer.status, code).toBe(status)
      expect.soft(answer.headers.get('content-type'), code).toBe(PROBLEM)
      expect.soft(await answer.json(), code).toMatchObject({ code, status })
    }
    const nowhere = await app.call('GET /v1/nowhere')
    expect(nowhere).toMatchObject({ status: 404, body: { code: 'not_found' } })
  })
})

test('every request has an id unlike any other, in x-request-id and where it is refused', async () => {
  await checkRequestIds(app.url, ['/v1/agents', '/v1/agents', '/nothing'])
})
