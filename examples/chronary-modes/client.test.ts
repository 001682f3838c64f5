// The client against the API with modes.

import { TestClock } from '@keywright/core/testing'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { rememberSecret } from '../../tools/canary/registry.ts'
import {
  type Agent,
  AuthenticationError,
  Chronary,
  QuotaExceededError,
  RateLimitError,
} from './client.ts'
import type { StartedApp } from './testing/start-app.ts'
import { startApp } from './testing/start-app.ts'

let clock: TestClock
let app: StartedApp
let live: Chronary
let sandbox: Chronary

beforeEach(async () => {
  clock = new TestClock()
  app = await startApp(clock)
  live = clientOf(app.liveKey)
  sandbox = clientOf(app.testKey)
})

afterEach(() => app.close())

/** A client that finds its key in the environment, and whose waiting moves the clock of the API. */
function clientOf(key: string): Chronary {
  const sleep = (ms: number): Promise<void> => {
    clock.advance(ms)
    return Promise.resolve()
  }
  const env = { CHRONARY_API_KEY: key, CHRONARY_SERVER_URL: app.url }
  const host = { env, home: undefined, files: undefined, sleep, now: () => clock.now() }
  return new Chronary({ host })
}

async function agentsOf(client: Chronary): Promise<Agent[]> {
  const agents: Agent[] = []
  for await (const agent of client.agents.list()) agents.push(agent)
  return agents
}

const thrownBy = (call: PromiseLike<unknown>): Promise<unknown> =>
  Promise.resolve(call).catch((error: unknown) => error)

test('D2: the key alone says which agents exist', async () => {
  const made = await live.agents.create('Live')
  const tried = await sandbox.agents.create('Test')
  expect(await agentsOf(live)).toEqual([made])
  expect(await agentsOf(sandbox)).toEqual([tried])
  expect(await live.agents.get(made.id)).toEqual(made)
  expect(await thrownBy(sandbox.agents.get(made.id))).toMatchObject({ status: 404 })
})

test('D4: webhooks are there in both modes', async () => {
  for (const client of [live, sandbox]) {
    const { secret, ...webhook } = await client.webhooks.create('http://127.0.0.1:9/')
    expect(secret.reveal()).toMatch(/^whsec_/)
    expect((await client.webhooks.list()).data).toEqual([webhook])
    await client.webhooks.delete(webhook.id)
  }
})

test('D6: only how a key begins is shown, and regenerating ends the one of that mode', async () => {
  const { prefix, mode } = await live.orgKey.get()
  expect({ prefix, mode }).toEqual({ prefix: app.liveKey.slice(0, 16), mode: 'live' })
  const { key } = await live.orgKey.regenerate()
  rememberSecret(key.reveal())
  expect(await thrownBy(agentsOf(live))).toBeInstanceOf(AuthenticationError)
  expect(await agentsOf(live.with({ apiKey: key.reveal() }))).toEqual([])
  expect(await agentsOf(sandbox)).toEqual([])
})

test('D5, D6: too fast is a RateLimitError with retryAfter, in both modes', async () => {
  for (const client of [live, sandbox]) {
    const once = client.with({ maxRetries: 0 })
    for (let call = 0; call < 10; call += 1) await agentsOf(once)
    const error = await thrownBy(agentsOf(once))
    expect(error).toBeInstanceOf(RateLimitError)
    expect(error).toMatchObject({ status: 429, retryAfter: 1 })
    // Without being told otherwise, the client waits as long as the API says.
    expect(await agentsOf(client)).toEqual([])
  }
})

test('D3, D6: a used-up month is a QuotaExceededError, and test calls go on', async () => {
  const { quota } = await live.usage()
  await app.authority.verify({ credential: app.liveKey, cost: quota?.remaining ?? 0 })
  const error = await thrownBy(agentsOf(live))
  expect(error).toBeInstanceOf(QuotaExceededError)
  expect(error).not.toBeInstanceOf(RateLimitError)
  const retryAfter = Math.ceil((Date.UTC(2026, 11, 1) - clock.now()) / 1000)
  expect(error).toMatchObject({ status: 429, code: 'quota_exhausted', retryAfter })
  expect(await agentsOf(sandbox)).toEqual([])
  expect(await sandbox.usage()).toEqual({ mode: 'test', quota: null })
})
