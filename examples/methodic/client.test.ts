// The client against the API: a test for each fact of the documentation about calls.

import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { rememberSecret } from '../../tools/canary/registry.ts'
import { AuthenticationError, Chronicle, PERSONAL } from './client.ts'
import type { StartedApp } from './testing/start-app.ts'
import { startApp } from './testing/start-app.ts'
import { until } from './testing/until.ts'

type Options = ConstructorParameters<typeof Chronicle>[0]

async function startWithClient() {
  const app = await startApp()
  return { ...app, chronicle: clientOf(app) }
}

/** With Jane's key, unless another is named, and nothing of this machine's settings. */
function clientOf({ url, key }: Pick<StartedApp, 'url' | 'key'>, options: Options = {}): Chronicle {
  return new Chronicle({ serverUrl: url, apiKey: key, host: NOWHERE, ...options })
}

const NOWHERE = { env: {}, home: undefined, files: undefined }

const IN_NO_TIME = { ...NOWHERE, sleep: () => Promise.resolve() }

/** A network that brings the first request and loses its answer. */
function losingFirst(): typeof fetch {
  let asked = 0
  return async (input, init) => {
    asked += 1
    const response = await fetch(input, init)
    if (asked === 1) throw new TypeError('fetch failed')
    return response
  }
}

/** A run of a new experiment, by its names. */
async function newRun(chronicle: Chronicle) {
  const { id } = await chronicle.experiments.create('Sweep')
  const { variation } = await chronicle.variations.create(id, { parameters: { rate: 0.1 } })
  const { run } = await chronicle.runs.create(id, variation)
  return { id, variation, run }
}

describe('the client', () => {
  test('M1: takes any token as its API key, and the server tells which kind it is', async () => {
    const { chronicle, jwt, ...app } = await startWithClient()
    const agent = await chronicle.apiKeys.create({ description: 'agent' })
    rememberSecret(agent.key.reveal())
    const kinds: (string | undefined)[] = []
    for (const apiKey of [app.key, agent.key.reveal(), await jwt('jane')]) {
      const { person, key } = await clientOf(app, { apiKey }).me.scopes()
      expect(person?.name).toBe('Jane Doe')
      kinds.push(key?.kind)
    }
    expect(kinds).toEqual(['user', 'agent', undefined])
  })

  test('M5: makes experiments and datasets under the default organization, by its id', async () => {
    const { acme, ...app } = await startApp()
    const chronicle = clientOf(app, { organizationId: acme })
    for (const noun of ['experiments', 'datasets'] as const) {
      expect((await chronicle[noun].create('ours')).organization_id).toBe(acme)
      const own = await chronicle[noun].create('mine', { organizationId: PERSONAL })
      expect(own.organization_id).toBeNull()
      expect((await clientOf(app)[noun].create('mine too')).organization_id).toBeNull()
      const named = await clientOf(app)[noun].create('named', { organizationId: acme })
      expect(named.organization_id).toBe(acme)
      const listed: string[] = []
      for await (const { name } of chronicle[noun].list()) listed.push(name)
      expect(listed).toEqual(['ours', 'mine', 'mine too', 'named'])
    }
  })

  test('M5: looks a slug up through GET /v1/me/scopes, on first use and once', async () => {
    const { acme, ...app } = await startApp()
    const asked: string[] = []
    const chronicle = clientOf(app, {
      organizationSlug: 'acme',
      fetch: (input, init) => {
        asked.push(new URL(new Request(input).url).pathname)
        return fetch(input, init)
      },
    })
    await chronicle.me.scopes()
    await chronicle.experiments.create('mine', { organizationId: PERSONAL })
    expect(asked.splice(0)).toEqual(['/v1/me/scopes', '/experiments'])
    const made = await Promise.all([
      chronicle.experiments.create('one'),
      chronicle.datasets.create('two'),
    ])
    expect(made.map(({ organization_id }) => organization_id)).toEqual([acme, acme])
    expect(asked.toSorted()).toEqual(['/datasets', '/experiments', '/v1/me/scopes'])
  })

  test('M5: says which organizations there are when the slug names none of them', async () => {
    const app = await startApp()
    const chronicle = clientOf(app, { organizationSlug: 'umbrella' })
    await expect(chronicle.experiments.create('x')).rejects.toThrow(/use one of acme/)
  })

  test('M10, M12: an agent begins with a JWT and makes a key that may do less', async () => {
    const { jwt, ...app } = await startApp()
    const apiKey = await jwt('jane')
    const bootstrap = clientOf(app, { apiKey })
    const made = await bootstrap.apiKeys.create({
      description: 'my custom runner',
      scopes: ['experiments:read'],
      kind: 'agent',
      expiresIn: 3600,
    })
    rememberSecret(made.key.reveal())
    expect(made).toMatchObject({ kind: 'agent', description: 'my custom runner' })
    // Shown once, and only to who asks for it.
    expect(made.key.reveal()).toMatch(/^sk_agent_[0-9A-Za-z]{36}$/)
    expect(String(made.key)).toBe(`${made.prefix}…`)
    expect(JSON.stringify(made)).not.toContain(made.key.reveal())
    const own = clientOf(app, { apiKey: made.key.reveal() })
    expect((await own.experiments.list()).data).toEqual([])
    await expect(own.experiments.create('x')).rejects.toMatchObject({
      status: 403,
      requiredScopes: ['experiments:write'],
    })
    expect((await bootstrap.apiKeys.list()).data).toContainEqual(
      expect.objectContaining({ id: made.id, prefix: made.prefix, revoked_at: null }),
    )
  })

  test('M12, M14: throws AuthenticationError with the next call after a revocation, and asks once', async () => {
    const { chronicle, ...app } = await startWithClient()
    const made = await chronicle.apiKeys.create({ description: 'runner' })
    rememberSecret(made.key.reveal())
    let calls = 0
    const runner = clientOf(app, {
      apiKey: made.key.reveal(),
      fetch: (input, init) => {
        calls += 1
        return fetch(input, init)
      },
    })
    await runner.experiments.list()
    expect((await chronicle.apiKeys.revoke(made.id)).revoked_at).toMatch(/^20/)
    const refused = await runner.experiments.list().catch((error: unknown) => error)
    expect(refused).toBeInstanceOf(AuthenticationError)
    expect(refused).toMatchObject({ status: 401, code: 'key_revoked', name: 'AuthenticationError' })
    expect(calls).toBe(2)
  })

  test('M11, M13: provisions a run, which a worker finishes, and reads what it reported', async () => {
    const { chronicle } = await startWithClient()
    const { id, variation, run: number } = await newRun(chronicle)
    const run = chronicle.run(id, variation, number)
    expect(await run.provision()).toMatchObject({ status: 'running', run: number })
    const finished = await until(async () => {
      const shown = await run.get()
      return shown.status === 'finished' ? shown : undefined
    })
    expect(finished.outcome).toBe('succeeded')
    expect(finished.metrics.map(({ step, value }) => [step, value])).toEqual([
      [1, 1],
      [2, 1 / 2],
      [3, 1 / 3],
    ])
  })

  test('M13: reports and finishes a run with what the environment of an instance names', async () => {
    const { chronicle, call, acme, url } = await startWithClient()
    const { id, variation, run: number } = await newRun(chronicle.with({ organizationId: acme }))
    const resource = `organizations/${acme}/experiments/${id}/variations/${variation}/runs/${number}`
    const worker = await call('POST /v1/keys', { body: { kind: 'worker', resource } })
    const env = {
      CHRONICLE_SERVER_URL: url,
      CHRONICLE_API_KEY: String(worker.body['key']),
      CHRONICLE_EXPERIMENT_ID: id,
      CHRONICLE_VARIATION: String(variation),
      CHRONICLE_RUN: String(number),
    }
    const inside = new Chronicle({
      serverUrl: env.CHRONICLE_SERVER_URL,
      apiKey: env.CHRONICLE_API_KEY,
      host: { ...NOWHERE, env },
    })
    const run = inside.run(
      env.CHRONICLE_EXPERIMENT_ID,
      Number(env.CHRONICLE_VARIATION),
      Number(env.CHRONICLE_RUN),
    )
    await run.report({ name: 'loss', value: 0.5 })
    expect(await run.finish('failed')).toMatchObject({ status: 'finished', outcome: 'failed' })
    await expect(run.get()).rejects.toBeInstanceOf(AuthenticationError)
  })

  test('asks once for what would be made twice, though the answer is lost', async () => {
    const app = await startApp()
    const losing = clientOf(app, { fetch: losingFirst(), host: IN_NO_TIME })
    await expect(losing.experiments.create('Sweep')).rejects.toMatchObject({
      name: 'ConnectionError',
    })
    expect((await clientOf(app).experiments.list()).data).toHaveLength(1)
  })

  test('M11: asks again for an instance when the answer is lost, and there is one', async () => {
    // One that finishes nothing: asked again after that it would be 409.
    const worker = join(import.meta.dirname, 'testing', 'lingering-worker.ts')
    const { authority, ...app } = await startApp({ worker, graceMs: 0 })
    const { id, variation, run } = await newRun(clientOf(app))
    const losing = clientOf(app, { fetch: losingFirst(), host: IN_NO_TIME })
    expect((await losing.run(id, variation, run).provision()).instance).not.toBeNull()
    expect(await authority.keys.list({ kind: 'worker' })).toMatchObject({ keys: [{}] })
  })

  test('goes through lists page by page', async () => {
    const { chronicle } = await startWithClient()
    const { id, variation } = await newRun(chronicle)
    for (let more = 0; more < 100; more += 1) await chronicle.runs.create(id, variation)
    const numbers: number[] = []
    for await (const { run } of chronicle.runs.list(id, variation)) numbers.push(run)
    expect(numbers).toEqual(Array.from({ length: 101 }, (_, index) => index + 1))
  })
})

describe('M3: uploads', () => {
  test.each([
    [undefined, 2],
    [1, 1],
    [5, 5],
  ])('with max_upload_workers %s run %i at once, and answer in order', async (workers, most) => {
    const app = await startApp()
    let running = 0
    let seen = 0
    const chronicle = clientOf(app, {
      maxUploadWorkers: workers,
      fetch: async (input, init) => {
        running += 1
        seen = Math.max(seen, running)
        try {
          return await fetch(input, init)
        } finally {
          running -= 1
        }
      },
    })
    const { id } = await chronicle.datasets.create('Digits')
    const assets = Array.from({ length: 8 }, (_, part) => ({
      name: `part-${part}.csv`,
      content: `${part},1\n`,
      contentType: 'text/csv',
    }))
    const uploaded = await chronicle.datasets.upload(id, assets)
    expect(uploaded.map(({ name }) => name)).toEqual(assets.map(({ name }) => name))
    expect(seen).toBe(most)
    const { assets: kept } = await chronicle.datasets.get(id)
    expect(kept).toEqual(uploaded)
    expect(kept[0]).toMatchObject({ content_type: 'text/csv', size: 4 })
  })
})
