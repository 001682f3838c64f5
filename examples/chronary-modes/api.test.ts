import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { TestClock } from '@keywright/core/testing'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { startReceiver } from '../../tools/run/receiver.ts'
import { checkRequestIds } from '../../tools/run/check-request-ids.ts'
import type { StartedApp } from './testing/start-app.ts'
import { startApp } from './testing/start-app.ts'

let clock: TestClock
let app: StartedApp

beforeEach(async () => {
  clock = new TestClock()
  app = await startApp(clock)
})

afterEach(() => app.close())

const keysByMode = () =>
  [
    ['live', app.liveKey],
    ['test', app.testKey],
  ] as const

describe('chronary with modes', () => {
  test('D1: an organization has two keys, each of which says its mode', async () => {
    expect(app.liveKey).toMatch(/^chr_sk_live_[0-9A-Za-z]{36}$/)
    expect(app.testKey).toMatch(/^chr_sk_test_[0-9A-Za-z]{36}$/)
    for (const [mode, key] of keysByMode()) {
      expect((await app.call('GET /v1/agents', { key })).body).toEqual({ data: [] })
      const shown = await app.call('GET /v1/org-key', { key })
      expect(shown.body).toMatchObject({ mode, prefix: key.slice(0, 16) })
      const second = { resource: 'organizations/org_1', mode }
      const more = await app.authority.keys.mint('org', second)
      expect(more).toMatchObject({ ok: false, code: 'key_exists' })
    }
    // A secret of one mode cannot be dressed up as the other's.
    const key = app.testKey.replace('_test_', '_live_')
    expect(await app.call('GET /v1/agents', { key })).toMatchObject({
      status: 401,
      body: { code: 'invalid_key' },
    })
  })

  test('D2: what is made in one mode does not exist in the other', async () => {
    for (const [mode, key] of keysByMode()) {
      const other = mode === 'live' ? app.testKey : app.liveKey
      const body = { name: `${mode} agent` }
      const agent = await app.call('POST /v1/agents', { key, body })
      expect(agent.status).toBe(201)
      const path = `/v1/agents/${agent.id}`
      expect((await app.call(`GET ${path}`, { key })).body).toEqual(agent.body)
      expect(await app.call(`GET ${path}`, { key: other })).toMatchObject({
        status: 404,
        body: { code: 'not_found' },
      })
      expect((await app.call('GET /v1/agents', { key })).body).toEqual({ data: [agent.body] })

      const hook = { url: 'http://127.0.0.1:9/' }
      const webhook = await app.call('POST /v1/webhooks', { key, body: hook })
      const hooks = await app.call('GET /v1/webhooks', { key: other })
      expect(hooks.text).not.toContain(webhook.id)
      const ended = `DELETE /v1/webhooks/${webhook.id}`
      expect((await app.call(ended, { key: other })).status).toBe(404)
      expect((await app.call(ended, { key })).status).toBe(204)
    }
  })

  test('D3: live calls count against the quota of the month; test calls are free and unlimited', async () => {
    await app.call('GET /v1/agents', { key: app.liveKey })
    await app.call('GET /v1/agents', { key: app.testKey })
    const live = await app.call('GET /v1/usage', { key: app.liveKey })
    expect(live.body).toMatchObject({
      mode: 'live',
      quota: { period: '2026-11', limit: 10_000, used: 1, remaining: 9_999 },
    })
    const before = await app.call('GET /v1/usage', { key: app.testKey })
    expect(before.body).toEqual({ mode: 'test', quota: null })

    for (const [, key] of keysByMode()) await app.authority.verify({ credential: key, cost: 9_999 })
    const exhausted = await app.call('GET /v1/agents', { key: app.liveKey })
    expect(exhausted).toMatchObject({ status: 429, body: { code: 'quota_exhausted' } })
    for (let count = 0; count < 30; count += 1) {
      expect((await app.call('GET /v1/agents', { key: app.testKey })).status).toBe(200)
    }
    clock.advance(Date.UTC(2026, 11, 1) - clock.now())
    expect((await app.call('GET /v1/agents', { key: app.liveKey })).status).toBe(200)
  })

  test('a key that used its month up can still be looked at and replaced', async () => {
    await app.authority.verify({ credential: app.liveKey, cost: 10_000 })
    const key = app.liveKey
    expect((await app.call('GET /v1/agents', { key })).body).toMatchObject({
      code: 'quota_exhausted',
    })
    expect((await app.call('GET /v1/usage', { key })).body).toMatchObject({
      quota: { used: 10_000, remaining: 0 },
    })
    expect((await app.call('GET /v1/org-key', { key })).status).toBe(200)
    expect((await app.call('POST /v1/org-key/regenerate', { key })).status).toBe(200)
    expect((await app.call('GET /v1/org-key', { key })).status).toBe(401)
  })

  test('D4: webhooks are delivered in both modes, alike', async () => {
    const receivers = { live: await startReceiver(), test: await startReceiver() }
    for (const [mode, key] of keysByMode()) {
      const body = { url: receivers[mode].url }
      expect((await app.call('POST /v1/webhooks', { key, body })).status).toBe(201)
      const agent = await app.call('POST /v1/agents', { key, body: { name: mode } })
      const { headers, text } = await receivers[mode].next()
      expect(JSON.parse(text)).toMatchObject({ type: 'agent.created', mode, data: agent.body })
      expect(headers['chronary-signature']).toMatch(/^t=\d+,v1=[0-9a-f]{64}$/)
    }
    for (const receiver of Object.values(receivers)) {
      expect(receiver.received).toHaveLength(1)
      await receiver.close()
    }
  })

  test('D5: ten requests a second pass in both modes, each for itself', async () => {
    for (const [, key] of keysByMode()) {
      for (let count = 0; count < 10; count += 1) {
        expect((await app.rush('GET /v1/agents', { key })).status).toBe(200)
      }
      const limited = await app.rush('GET /v1/agents', { key })
      expect(limited).toMatchObject({ status: 429, body: { code: 'rate_limited' } })
      expect(limited.headers.get('retry-after')).toBe('1')
    }
    clock.advance(1_000)
    for (const [, key] of keysByMode()) {
      expect((await app.rush('GET /v1/agents', { key })).status).toBe(200)
    }
  })

  test('D6: only a digest is kept, the prefix is shown, and regenerating ends the previous key of that mode alone', async () => {
    let freshLiveKey = ''
    for (const [mode, key] of keysByMode()) {
      const made = await app.call('POST /v1/org-key/regenerate', { key })
      const fresh = String(made.body['key'])
      expect(made.body).toMatchObject({ mode, prefix: fresh.slice(0, 16) })
      expect(fresh).toMatch(new RegExp(`^chr_sk_${mode}_`))
      expect((await app.call('GET /v1/agents', { key })).status).toBe(401)
      expect((await app.call('GET /v1/agents', { key: fresh })).status).toBe(200)
      const shown = await app.call('GET /v1/org-key', { key: fresh })
      expect(shown.text).not.toContain(fresh)
      const other = mode === 'live' ? app.testKey : freshLiveKey
      expect((await app.call('GET /v1/agents', { key: other })).status).toBe(200)
      if (mode === 'live') freshLiveKey = fresh
      for (const name of readdirSync(app.folder)) {
        expect(readFileSync(join(app.folder, name)).includes(fresh.slice(16))).toBe(false)
      }
    }
    const missing = await app.call('GET /v1/agents')
    expect(missing).toMatchObject({ status: 401, body: { code: 'missing_credential' } })
    expect(missing.headers.get('www-authenticate')).toBe('Bearer realm="chronary"')
    expect(missing.headers.get('content-type')).toBe('application/problem+json')
  })

  test('refuses bodies that do not fit, in the same form as everything else', async () => {
    const json = { 'content-type': 'application/json' }
    for (const [status, code, headers, body] of [
      [422, 'invalid_request', json, '{"name":"Ada","mode":"live"}'],
      [400, 'malformed_body', json, '{"name":'],
      [415, 'unsupported_media_type', { 'content-type': 'text/csv' }, 'Ada'],
      [413, 'body_too_large', json, `"${'x'.repeat(70_000)}"`],
    ] as const) {
      clock.advance(100)
      const authorization = `Bearer ${app.testKey}`
      const init = { method: 'POST', headers: { ...headers, authorization }, body }
      const answer = await fetch(`${app.url}/v1/agents`, init)
      expect.soft(answer.status, code).toBe(status)
      expect.soft(await answer.json(), code).toMatchObject({ code, status })
    }
    expect(await app.call('GET /v1/nowhere', { key: app.testKey })).toMatchObject({
      status: 404,
      body: { code: 'not_found' },
    })
  })
})

test('every request has an id unlike any other, in x-request-id and where it is refused', async () => {
  await checkRequestIds(app.url, ['/v1/agents', '/v1/agents', '/nothing'])
})
