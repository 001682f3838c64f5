// The client against the API: a test for each fact of the documentation about programs.

import { inspect } from 'node:util'
import { Home } from '@keywright/cli-kit/testing'
import { TestClock } from '@keywright/core/testing'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { rememberSecret } from '../../tools/canary/registry.ts'
import {
  AuthenticationError,
  Chronary,
  ConfigError,
  PermissionDeniedError,
  QuotaExceededError,
  RateLimitError,
} from './client.ts'
import { runProgram } from './testing/run-program.ts'
import type { StartedApp } from './testing/start-app.ts'
import { startApp } from './testing/start-app.ts'

type Options = NonNullable<ConstructorParameters<typeof Chronary>[0]>

let clock: TestClock
let app: StartedApp

beforeEach(async () => {
  clock = new TestClock()
  app = await startApp(clock)
})

afterEach(() => app.close())

/** With the org key, unless another is named; waiting moves the clock of the API, and nothing else takes time. */
function clientOf(options: Options = {}): Chronary {
  const sleep = (ms: number): Promise<void> => {
    clock.advance(ms)
    return Promise.resolve()
  }
  const host = { env: {}, home: undefined, files: undefined, sleep, now: () => clock.now() }
  return new Chronary({ serverUrl: app.url, apiKey: app.orgKey, host, ...options })
}

async function all<Item>(list: AsyncIterable<Item>): Promise<Item[]> {
  const items: Item[] = []
  for await (const item of list) items.push(item)
  return items
}

describe('C6: the client', () => {
  test('reads CHRONARY_API_KEY from the environment of a program', async () => {
    await app.call('POST /v1/agents', { body: { name: 'Ada' } })
    const program = `
      import { Chronary } from '@keywright/example-chronary'
      const client = new Chronary()
      for await (const { name } of client.agents.list()) console.log(name)`
    const { stdout, stderr } = await runProgram(program, {
      HOME: new Home().path,
      CHRONARY_API_KEY: app.orgKey,
      CHRONARY_SERVER_URL: app.url,
    })
    expect({ stdout, stderr }).toEqual({ stdout: 'Ada\n', stderr: '' })
  })

  test('or takes the key', async () => {
    const { id } = await app.call('POST /v1/agents', { body: { name: 'Ada' } })
    const agents = await all(clientOf().agents.list())
    expect(agents).toEqual([{ id, name: 'Ada', created_at: expect.stringMatching(/Z$/) }])
  })

  test('or finds what chronary auth login stored', async () => {
    const home = new Home()
    const text = JSON.stringify({
      profiles: { work: { api_key: app.orgKey, server_url: app.url } },
    })
    await home.put({ '.config/chronary/config.json': text })
    const program = `
      import { Chronary } from '@keywright/example-chronary'
      console.log((await new Chronary({ profile: 'work' }).me()).resource)`
    const { stdout } = await runProgram(program, { HOME: home.path })
    expect(stdout).toBe('organizations/org_1\n')
  })

  test('without a key throws ConfigError before any network call', () => {
    const host = { env: {}, home: undefined, files: undefined }
    const client = new Chronary({ host, fetch: () => Promise.reject(new Error('asked')) })
    expect(() => client.settings).toThrow(ConfigError)
    expect(() => Chronary.fromEnv({ host })).toThrow(/set CHRONARY_API_KEY, or run 'chronary auth/)
  })
})

test('C3: the key of an agent is shown once, as a secret that does not print itself', async () => {
  const client = clientOf()
  const { id } = await client.agents.create('Sales')
  const { key, ...shown } = await client.keys.create(id, 'Sales agent production key')
  rememberSecret(key.reveal())
  expect(key.reveal()).toMatch(/^chr_ak_[0-9A-Za-z]{36}$/)
  for (const text of [inspect(key), JSON.stringify({ key }), String(key)]) {
    expect(text).not.toContain(key.reveal())
  }
  expect(await all(client.keys.list())).toEqual([shown])

  const agent = clientOf({ apiKey: key.reveal() })
  expect((await agent.agents.availability(id)).agent_id).toBe(id)
  expect((await client.keys.delete(shown.id)).revoked_at).toMatch(/Z$/)
  await expect(agent.agents.availability(id)).rejects.toBeInstanceOf(AuthenticationError)
})

test('C3: lists go through all pages', async () => {
  const { id } = await app.addAgent('Ada')
  for (let count = 0; count < 60; count += 1) {
    const resource = `organizations/org_1/agents/${id}` as const
    const minted = await app.authority.keys.mint('agent', { resource })
    if (minted.ok && minted.secret !== null) rememberSecret(minted.secret)
  }
  const { data, nextCursor } = await clientOf().keys.list()
  expect(nextCursor).not.toBeNull()
  const listed = await all(clientOf().keys.list())
  expect(listed.slice(0, data.length)).toEqual(data)
  expect(new Set(listed.map((key) => key.id)).size).toBe(61)
})

test('C4: what is org-only, or of another agent, throws PermissionDeniedError', async () => {
  const { id, key } = await app.addAgent('Ada')
  const other = await app.addAgent('Ben')
  const agent = clientOf({ apiKey: key })
  for (const [call, scopes] of [
    [() => agent.agents.create('Eve'), ['agents:write']],
    [() => agent.keys.create(id), ['keys:write']],
    [() => agent.availability.compare([id]), ['availability:compare']],
    [() => agent.webhooks.create('http://127.0.0.1:9/'), ['webhooks:write']],
    [() => agent.usage(), ['usage:read']],
    [() => agent.scheduling.find([id], 30), ['scheduling:read']],
  ] as const) {
    const error: unknown = await call().catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(PermissionDeniedError)
    expect(error).toMatchObject({ status: 403, requiredScopes: scopes })
  }
  await expect(agent.calendars.list(other.id)).rejects.toMatchObject({ code: 'outside_resource' })
})

test("C2: an agent's calendars, events, availability and subscriptions, read and written", async () => {
  const { id, key } = await app.addAgent('Ada')
  const agent = clientOf({ apiKey: key })
  const calendar = await agent.calendars.create(id, 'Work')
  const event = await agent.events.create(id, {
    calendarId: calendar.id,
    title: 'Lunch',
    start: '2026-11-22T12:00:00Z',
    end: '2026-11-22T13:00:00Z',
  })
  const subscription = await agent.icalSubscriptions.create(id, calendar.id)
  clock.advance(1_000)
  expect(await all(agent.calendars.list(id))).toEqual([calendar])
  expect(await all(agent.icalSubscriptions.list(id))).toEqual([subscription])
  const range = { from: '2026-11-22T00:00:00Z', to: '2026-11-23T00:00:00Z' }
  expect(await all(agent.events.list(id, range))).toEqual([event])
  const { busy } = await agent.agents.availability(id, range)
  expect(busy).toEqual([{ start: event.start, end: event.end }])
  await agent.icalSubscriptions.delete(id, subscription.id)
  await agent.events.delete(id, event.id)
  await agent.calendars.delete(id, calendar.id)
  expect(await all(agent.calendars.list(id))).toEqual([])
})

test('C4: with the org key, what is across agents', async () => {
  const client = clientOf()
  const agents = [(await app.addAgent('Ada')).id, (await app.addAgent('Ben')).id]
  const range = { from: '2026-11-22T09:00:00Z', to: '2026-11-22T10:00:00Z' }
  const free = { start: range.from, end: range.to }
  const compared = await client.availability.compare(agents, range)
  expect(compared.agents.map(({ agent_id }) => agent_id)).toEqual(agents)
  expect(compared.common_free).toEqual([free])
  const { slot } = await client.scheduling.find(agents, 30, range)
  expect(slot).toEqual({ start: range.from, end: '2026-11-22T09:30:00Z' })
  const { secret, ...webhook } = await client.webhooks.create('http://127.0.0.1:9/')
  expect(secret.reveal()).toMatch(/^whsec_/)
  expect(await all(client.webhooks.list())).toEqual([webhook])
  await client.webhooks.delete(webhook.id)
  expect(await client.usage()).toMatchObject({ period: '2026-11', limit: 10_000 })
})

test('C8, C10: a regenerated org key ends the one that the client has', async () => {
  const client = clientOf()
  const { key } = await client.orgKey.regenerate()
  rememberSecret(key.reveal())
  const refused = await client.agents.get('agt_1').catch((thrown: unknown) => thrown)
  expect(refused).toBeInstanceOf(AuthenticationError)
  expect(refused).toMatchObject({ status: 401, code: 'key_rotated', source: 'apiKey' })
  expect(await all(client.with({ apiKey: key.reveal() }).agents.list())).toEqual([])
})

describe('C9: the two 429s', () => {
  const spend = async (): Promise<void> => {
    for (let call = 0; call < 11; call += 1) await app.rush('GET /v1/agents')
  }

  test('too fast is waited for as Retry-After says, and then a RateLimitError with retryAfter', async () => {
    await spend()
    expect(await all(clientOf().agents.list())).toEqual([])
    await spend()
    const error = await all(clientOf({ maxRetries: 0 }).agents.list()).catch(
      (thrown: unknown) => thrown,
    )
    expect(error).toBeInstanceOf(RateLimitError)
    expect(error).toMatchObject({ status: 429, code: 'rate_limited', retryAfter: 1 })
  })

  test('a used-up month is a QuotaExceededError, at once', async () => {
    const remaining = (await clientOf().usage()).remaining
    await app.authority.verify({ credential: app.orgKey, cost: remaining })
    const before = clock.now()
    const error = await all(clientOf().agents.list()).catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(QuotaExceededError)
    expect(error).not.toBeInstanceOf(RateLimitError)
    const retryAfter = Math.ceil((Date.UTC(2026, 11, 1) - clock.now()) / 1000)
    expect(error).toMatchObject({ status: 429, code: 'quota_exhausted', retryAfter })
    expect(clock.now()).toBe(before)
  })
})
