import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { TestClock } from '@keywright/core/testing'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Answer } from '../../tools/run/ask.ts'
import { checkRequestIds } from '../../tools/run/check-request-ids.ts'
import type { StartedApp } from './testing/start-app.ts'
import { startApp } from './testing/start-app.ts'

const PRESENTATIONS = '/api/v1/presentations'
const KEYS = '/settings/api/keys'
const KEY = /^chron_wk_[0-9A-Za-z]{36}$/

let clock: TestClock
let app: StartedApp

beforeEach(async () => {
  clock = new TestClock()
  app = await startApp(clock)
})

afterEach(() => app.close())

function addPresentation(key: string, title: string): Promise<Answer> {
  return app.call(`POST ${PRESENTATIONS}`, { key, body: { title } })
}

async function addKey(body: object): Promise<{ id: string; key: string }> {
  const made = await app.call(`POST ${KEYS}`, { key: app.a.settingsKey, body })
  expect(made.status).toBe(201)
  return { id: made.id, key: String(made.body['key']) }
}

describe('chronicle', () => {
  test('P1: a key sees only what is in its workspace; a presentation of another is 403', async () => {
    const ofA = await addPresentation(app.a.key, 'A plan')
    const ofB = await addPresentation(app.b.key, 'B plan')
    const listed = await app.call(`GET ${PRESENTATIONS}`, { key: app.a.key })
    expect(listed.body).toEqual({ data: [ofA.body] })
    for (const [method, body] of [
      ['GET', undefined],
      ['PATCH', { title: 'Taken over' }],
    ] as const) {
      const path = `${PRESENTATIONS}/${ofB.id}`
      const answer = await app.call(`${method} ${path}`, { key: app.a.key, body })
      expect(answer).toMatchObject({ status: 403, body: { code: 'outside_resource' } })
      expect(answer.text).not.toContain('workspaces/b')
    }
    const kept = await app.call(`GET ${PRESENTATIONS}/${ofB.id}`, { key: app.b.key })
    expect(kept.body).toEqual(ofB.body)
    const absent = await app.call(`GET ${PRESENTATIONS}/pres_none`, { key: app.a.key })
    expect(absent).toMatchObject({ status: 404, body: { code: 'not_found' } })
  })

  test('P2: either header carries the key, and presentations are created, generated, fetched and updated', async () => {
    for (const headers of [
      { authorization: `Bearer ${app.a.key}` },
      { 'x-api-key': app.a.key },
      { authorization: `Bearer ${app.a.key}`, 'x-api-key': app.a.key },
    ]) {
      const slide = { title: 'Why', body: 'Because.' }
      const body = { title: 'Plan', slides: [slide] }
      const made = await app.call(`POST ${PRESENTATIONS}`, { headers, body })
      expect(made).toMatchObject({ status: 201, body })
      const path = `${PRESENTATIONS}/${made.id}`
      expect((await app.call(`GET ${path}`, { headers })).body).toEqual(made.body)
      const changes = { title: 'Better plan' }
      const changed = await app.call(`PATCH ${path}`, { headers, body: changes })
      expect(changed).toMatchObject({
        status: 200,
        body: { title: 'Better plan', slides: [slide] },
      })

      const prompt = { prompt: 'Bees make honey. They dance!\nWe listen.', slides: 2 }
      const generated = await app.call(`POST ${PRESENTATIONS}/generate`, { headers, body: prompt })
      expect(generated).toMatchObject({
        status: 201,
        body: { title: 'Bees make honey', slides: [{ body: 'Bees make honey.' }, {}] },
      })
      const listed = await app.call(`GET ${PRESENTATIONS}`, { headers })
      expect(listed.body['data']).toContainEqual(generated.body)
    }
    const headers = { authorization: `Bearer ${app.a.key}`, 'x-api-key': app.b.key }
    expect(await app.call(`GET ${PRESENTATIONS}`, { headers })).toMatchObject({
      status: 400,
      body: { code: 'conflicting_credentials' },
    })
  })

  test('P3: keys are made under Settings → API, and the raw key is shown once', async () => {
    const body = { name: 'Website' }
    const made = await app.call(`POST ${KEYS}`, { key: app.a.settingsKey, body })
    expect(made).toMatchObject({ status: 201, body: { key: expect.stringMatching(KEY) } })
    const { key, ...shown } = made.body
    const listed = await app.call(`GET ${KEYS}`, { key: app.a.settingsKey })
    expect(listed.body['data']).toContainEqual(shown)
    expect(listed.text).not.toContain(key)
    expect(shown).toMatchObject({ name: 'Website', prefix: String(key).slice(0, 13) })
    expect((await app.call(`GET ${PRESENTATIONS}`, { key: String(key) })).status).toBe(200)

    for (const request of [`POST ${KEYS}`, `GET ${KEYS}`, `DELETE ${KEYS}/${made.id}`]) {
      const answer = await app.call(request, { key: app.a.key })
      expect
        .soft(answer, request)
        .toMatchObject({ status: 403, body: { code: 'insufficient_scope' } })
    }
    const others = await app.call(`GET ${KEYS}`, { key: app.b.settingsKey })
    expect(others.text).not.toContain(made.id)
    const taken = await app.call(`DELETE ${KEYS}/${made.id}`, { key: app.b.settingsKey })
    expect(taken).toMatchObject({ status: 404, body: { code: 'key_not_found' } })
    for (const name of readdirSync(app.folder)) {
      expect(readFileSync(join(app.folder, name)).includes(String(key).slice(13))).toBe(false)
    }
  })

  test('P4: missing, malformed, unknown and revoked keys are 401; a good key without the right is 403', async () => {
    const { id, key } = await addKey({ name: 'Reader', scopes: ['presentations:read'] })
    const denied = await addPresentation(key, 'Not mine to make')
    expect(denied).toMatchObject({ status: 403, body: { code: 'insufficient_scope' } })
    const others = await addPresentation(app.b.key, 'B plan')
    expect((await app.call(`GET ${PRESENTATIONS}/${others.id}`, { key })).status).toBe(403)

    await app.call(`DELETE ${KEYS}/${id}`, { key: app.a.settingsKey })
    const flipped = app.a.key.endsWith('0') ? '1' : '0'
    for (const [code, headers] of [
      ['missing_credential', {}],
      ['missing_credential', { authorization: 'Basic YTpi' }],
      ['malformed_credential', { authorization: 'Bearer two words' }],
      ['malformed_credential', { 'x-api-key': 'two words' }],
      ['invalid_key', { 'x-api-key': 'sk-123' }],
      ['invalid_key', { 'x-api-key': app.a.key.slice(0, -1) + flipped }],
      ['key_revoked', { 'x-api-key': key }],
    ] as const) {
      const answer = await app.call(`GET ${PRESENTATIONS}`, { headers })
      expect.soft(answer.status, code).toBe(401)
      expect.soft(answer.body, code).toMatchObject({ code, status: 401 })
      expect.soft(answer.headers.get('content-type')).toBe('application/problem+json')
      expect.soft(answer.headers.get('www-authenticate')).toContain('Bearer realm="chronicle"')
    }
  })

  test('P5: each key has its own rate of twenty a second, and backing off helps', async () => {
    for (let count = 0; count < 20; count += 1) {
      expect((await app.rush(`GET ${PRESENTATIONS}`, { key: app.a.key })).status).toBe(200)
    }
    const limited = await app.rush(`GET ${PRESENTATIONS}`, { key: app.a.key })
    expect(limited).toMatchObject({ status: 429, body: { code: 'rate_limited' } })
    expect((await app.rush(`GET ${PRESENTATIONS}`, { key: app.b.key })).status).toBe(200)
    clock.advance(Number(limited.headers.get('retry-after')) * 1_000)
    expect((await app.rush(`GET ${PRESENTATIONS}`, { key: app.a.key })).status).toBe(200)
  })

  test('P6: a revoked key stays visible, with who and when, and works no more', async () => {
    const { id, key } = await addKey({ name: 'Old script' })
    const revoked = await app.call(`DELETE ${KEYS}/${id}`, { key: app.a.settingsKey })
    expect(revoked).toMatchObject({
      status: 200,
      body: {
        revoked_at: expect.stringMatching(/^2026-11-21T/),
        revoked_by: expect.stringMatching(/^key_/),
      },
    })
    expect((await app.call(`GET ${PRESENTATIONS}`, { key })).status).toBe(401)
    const listed = await app.call(`GET ${KEYS}`, { key: app.a.settingsKey })
    expect(listed.body['data']).toContainEqual(revoked.body)
    // Revoking again changes nothing, and a revoked key cannot come back by rotation.
    clock.advance(60_000)
    const again = await app.call(`DELETE ${KEYS}/${id}`, { key: app.a.settingsKey })
    expect(again.body).toEqual(revoked.body)
    const rotated = await app.call(`POST ${KEYS}/${id}/rotate`, { key: app.a.settingsKey })
    expect(rotated).toMatchObject({ status: 409, body: { code: 'key_ended' } })
  })

  test('P7: environments have keys of their own, and a key is rotated with an overlap', async () => {
    const production = await addKey({ name: 'production' })
    const staging = await addKey({ name: 'staging' })
    await app.call(`DELETE ${KEYS}/${staging.id}`, { key: app.a.settingsKey })
    expect((await app.call(`GET ${PRESENTATIONS}`, { key: production.key })).status).toBe(200)

    const rotated = await app.call(`POST ${KEYS}/${production.id}/rotate`, {
      key: app.a.settingsKey,
      body: { overlap: 60 },
    })
    expect(rotated).toMatchObject({ status: 200, body: { id: production.id, name: 'production' } })
    const fresh = String(rotated.body['key'])
    for (const key of [production.key, fresh]) {
      expect((await app.call(`GET ${PRESENTATIONS}`, { key })).status).toBe(200)
    }
    // Lives end on whole seconds.
    clock.advance(61_000)
    const ended = await app.call(`GET ${PRESENTATIONS}`, { key: production.key })
    expect(ended).toMatchObject({ status: 401, body: { code: 'key_rotated' } })
    expect((await app.call(`GET ${PRESENTATIONS}`, { key: fresh })).status).toBe(200)

    const atOnce = await app.call(`POST ${KEYS}/${production.id}/rotate`, {
      key: app.a.settingsKey,
    })
    expect((await app.call(`GET ${PRESENTATIONS}`, { key: fresh })).status).toBe(401)
    const last = String(atOnce.body['key'])
    expect((await app.call(`GET ${PRESENTATIONS}`, { key: last })).status).toBe(200)
  })

  test('refuses bodies that do not fit, in the same form as everything else', async () => {
    const json = { 'content-type': 'application/json' }
    for (const [status, code, headers, body] of [
      [422, 'invalid_request', json, '{"title":"Plan","workspace":"b"}'],
      [422, 'invalid_request', json, '7'],
      [400, 'malformed_body', json, '{"title":'],
      [415, 'unsupported_media_type', { 'content-type': 'text/csv' }, 'Plan'],
      [413, 'body_too_large', json, `"${'x'.repeat(70_000)}"`],
    ] as const) {
      clock.advance(100)
      const init = { method: 'POST', headers: { ...headers, 'x-api-key': app.a.key }, body }
      const answer = await fetch(app.url + PRESENTATIONS, init)
      expect.soft(answer.status, code).toBe(status)
      expect.soft(answer.headers.get('content-type'), code).toBe('application/problem+json')
      expect.soft(await answer.json(), code).toMatchObject({ code, status })
    }
    const nowhere = await app.call('GET /api/v1/nowhere', { key: app.a.key })
    expect(nowhere).toMatchObject({ status: 404, body: { code: 'not_found' } })
  })
})

test('keys are listed in pages, with next_cursor until the last', async () => {
  for (let index = 0; index < 51; index += 1) {
    clock.advance(1_000)
    await addKey({ name: `key ${index}` })
  }
  const list = (query: string) => app.call(`GET ${KEYS}${query}`, { key: app.a.settingsKey })
  const first = (await list('')).body
  expect(first['data']).toHaveLength(50)
  const second = (await list(`?cursor=${String(first['next_cursor'])}`)).body
  // The workspace's first key is on the second page too.
  expect(second['data']).toHaveLength(2)
  expect(second['next_cursor']).toBeNull()
})

test('every request has an id unlike any other, in x-request-id and where it is refused', async () => {
  await checkRequestIds(app.url, ['/api/v1/presentations', '/api/v1/presentations', '/nothing'])
})
