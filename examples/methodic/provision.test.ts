import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { rememberSecret } from '../../tools/canary/registry.ts'
import type { Answer } from '../../tools/run/ask.ts'
import { endLostInstances } from './routes/provision.ts'
import type { RunnerSettings, StartedApp } from './testing/start-app.ts'
import { startApp } from './testing/start-app.ts'
import { until } from './testing/until.ts'

const LINGERING = join(import.meta.dirname, 'testing', 'lingering-worker.ts')

interface ShownInstance {
  readonly id: string
  readonly key_id: string
  readonly ending: string | null
}

interface ShownRun {
  readonly status: string
  /** There once it was provisioned. */
  readonly instance: ShownInstance
  readonly metrics: readonly { readonly name: string; readonly value: number }[]
}

/** An app with a run, and what there is to do with it. */
async function startWithRun(settings?: RunnerSettings) {
  const app = await startApp(settings)
  const path = await app.addRun()
  const show = async () => (await app.call(`GET ${path}`)).body as unknown as ShownRun
  return {
    ...app,
    path,
    show,
    provision: (): Promise<Answer> => app.call(`POST ${path}/provision`),
    /** Waits for a status. */
    status: (wanted: string) =>
      until(async () => {
        const run = await show()
        return run.status === wanted ? run : undefined
      }),
    /** Waits for the lingering worker to tell its process id. */
    pid: () => until(async () => (await show()).metrics.find(({ name }) => name === 'pid')?.value),
  }
}

/** A key with which the run's worker could come, minted as provisioning mints it. */
async function workerKey({ call, acme }: StartedApp, path: string): Promise<Answer> {
  const resource = `organizations/${acme}${path}`
  return call('POST /v1/keys', { body: { kind: 'worker', resource } })
}

/** Everything the instances of an app have written. */
function logsOf({ folder }: StartedApp): string {
  const logs = join(folder, 'instances')
  return readdirSync(logs)
    .filter((name) => name.endsWith('.log'))
    .map((name) => readFileSync(join(logs, name), 'utf8'))
    .join('')
}

describe('M11: provisioning', () => {
  test('starts an instance that works by its environment alone and finishes its run', async () => {
    const { provision, status, show, authority } = await startWithRun()
    const answer = await provision()
    expect(answer).toMatchObject({ status: 201, body: { status: 'running' } })
    expect(answer.text).not.toContain('sk_worker')
    const run = await status('finished')
    expect(run.metrics).toHaveLength(3)
    const key = await authority.keys.show(run.instance.key_id)
    expect(key).toMatchObject({ ok: true, key: { kind: 'worker', expiresAt: expect.any(Number) } })
    // Told in time, it is not ended from outside.
    expect(await until(async () => (await show()).instance.ending ?? undefined)).toBe('exit 0')
  })

  test('gives a key for that run alone, which dies with it', async () => {
    const app = await startWithRun()
    const { call, path } = app
    const key = String((await workerKey(app, path)).body['key'])
    const as = { key, body: {} }
    expect((await call(`GET ${path}`, { key })).status).toBe(200)
    const next = `${path.slice(0, -1)}2`
    await call(`POST ${path.slice(0, -2)}`, { body: {} })
    expect((await call(`GET ${next}`, { key })).body['code']).toBe('outside_resource')
    expect((await call(`GET ${await app.addRun()}`, { key })).status).toBe(403)
    expect((await call(`GET /experiments`, { key })).body['code']).toBe('insufficient_scope')
    expect((await call('POST /api-keys', { key, body: { description: 'x' } })).status).toBe(403)
    expect((await call(`POST ${path}/finish`, as)).status).toBe(200)
    expect(await call(`GET ${path}`, { key })).toMatchObject({
      status: 401,
      body: { code: 'resource_ended' },
    })
  })

  test('asked again, also at once, starts nothing more', async () => {
    const app = await startWithRun({ worker: LINGERING, graceMs: 0 })
    const { provision, authority, show } = app
    const answers = await Promise.all(Array.from({ length: 8 }, provision))
    const statuses = answers.map(({ status }) => status).toSorted((a, b) => a - b)
    expect(statuses).toEqual([200, 200, 200, 200, 200, 200, 200, 201])
    await app.pid()
    expect((await provision()).status).toBe(200)
    const listed = await authority.keys.list({ kind: 'worker', standing: 'live' })
    expect(listed).toMatchObject({ ok: true, keys: [{ id: (await show()).instance.key_id }] })
  })

  test('of a finished run is refused, and makes no key', async () => {
    const { call, path, provision, authority } = await startWithRun()
    await call(`POST ${path}/finish`, { body: {} })
    const refused = await provision()
    expect(refused).toMatchObject({ status: 409, body: { code: 'already_ended' } })
    expect(await authority.keys.list({ kind: 'worker' })).toMatchObject({ keys: [] })
  })

  test('needs a caller who may make keys, and leaves nothing where it is refused', async () => {
    const { call, path, provision, show } = await startWithRun()
    const body = { description: 'no maker', scopes: ['runs:*'] }
    const made = await call('POST /api-keys', { body })
    const key = String(made.body['key'])
    const refused = await call(`POST ${path}/provision`, { key })
    expect(refused).toMatchObject({
      status: 403,
      body: { code: 'insufficient_scope', scope: 'keys:write' },
    })
    expect(await show()).toMatchObject({ status: 'created', instance: null })
    expect((await provision()).status).toBe(201)
  })

  test('keeps the key out of arguments and output, though the program tells all it knows', async () => {
    const app = await startWithRun({ worker: LINGERING, graceMs: 0 })
    await app.provision()
    const pid = await app.pid()
    expect(readFileSync(`/proc/${pid}/cmdline`, 'utf8')).not.toContain('sk_worker')
    const log = await until(async () => logsOf(app) || undefined)
    expect(log).toContain('CHRONICLE_API_KEY')
    expect(log).not.toMatch(/sk_worker_\w{9}/)
    // The environment is a minimal one: nothing of the server's own.
    const names = Object.keys(JSON.parse(log.split('} ')[0] + '}') as object)
    expect(names.filter((name) => !name.startsWith('CHRONICLE_'))).toEqual(['PATH', 'HOME'])
  })

  test('a worker that is killed leaves a run that can be provisioned again, with another key', async () => {
    const app = await startWithRun({ worker: LINGERING, graceMs: 0 })
    await app.provision()
    process.kill(await app.pid(), 'SIGKILL')
    const { instance } = await app.status('interrupted')
    expect(instance.ending).toBe('SIGKILL')
    expect(await app.authority.keys.show(instance.key_id)).toMatchObject({
      key: { revokedAt: expect.any(Number) },
    })
    expect((await app.provision()).status).toBe(201)
    const again = await app.status('running')
    expect(again.instance.id).not.toBe(instance.id)
  })

  test('a run that is finished from outside ends its instance', async () => {
    const app = await startWithRun({ worker: LINGERING, graceMs: 0 })
    await app.provision()
    await app.pid()
    await app.call(`POST ${app.path}/finish`, { body: {} })
    const ending = await until(async () => (await app.show()).instance.ending ?? undefined)
    expect(ending).toMatch(/^SIG(TERM|KILL)$/)
  })

  test('what a server that went away has left is ended by the next one', async () => {
    const app = await startWithRun()
    const { data, authority, path, acme } = app
    const run = `organizations/${acme}${path}`
    const worker = await workerKey(app, path)
    const key = String(worker.body['key'])
    data.instances.setKey(data.instances.claim(run, Date.now())?.id ?? '', worker.id)
    expect((await app.call(`GET ${path}`, { key })).body['status']).toBe('running')
    await endLostInstances({ authority, data, now: Date.now })
    expect((await app.call(`GET ${path}`, { key })).body['code']).toBe('key_revoked')
    expect(await app.show()).toMatchObject({
      status: 'interrupted',
      instance: { ending: 'lost' },
    })
    expect((await app.provision()).status).toBe(201)
  })

  test('of a run that is finished at the same time leaves no instance and no key', async () => {
    const app = await startApp({ worker: LINGERING, graceMs: 0 })
    for (let round = 0; round < 5; round += 1) {
      const path = await app.addRun()
      const [provisioned, finished] = await Promise.all([
        app.call(`POST ${path}/provision`),
        app.call(`POST ${path}/finish`, { body: {} }),
      ])
      expect([201, 409]).toContain(provisioned.status)
      expect(finished.status).toBe(200)
      await until(async () => {
        const instance = (await app.call(`GET ${path}`)).body['instance'] as ShownInstance | null
        return instance === null || instance.ending !== null ? true : undefined
      })
    }
    const listed = await app.authority.keys.list({ kind: 'worker', standing: 'live' })
    expect(listed).toMatchObject({ ok: true, keys: [] })
  })

  test('that cannot start its program makes no instance and leaves no key alive', async () => {
    // No system starts a program of this name.
    const { provision, show, authority } = await startWithRun({ worker: 'no\0worker' })
    expect(await provision()).toMatchObject({ status: 500, body: { code: 'internal_error' } })
    expect(await show()).toMatchObject({ status: 'created', instance: null })
    const listed = await authority.keys.list({ kind: 'worker', standing: 'live' })
    expect(listed).toMatchObject({ ok: true, keys: [] })
  })

  test('with a key that is revoked ends what the key has started', async () => {
    const app = await startWithRun({ worker: LINGERING, graceMs: 0 })
    const made = await app.call('POST /api-keys', { body: { description: 'runner' } })
    const key = String(made.body['key'])
    expect((await app.call(`POST ${app.path}/provision`, { key })).status).toBe(201)
    const pid = await app.pid()
    const worker = /CHRONICLE_API_KEY=(\w+)/.exec(readFileSync(`/proc/${pid}/environ`, 'utf8'))
    const as = { key: worker?.[1] ?? '' }
    rememberSecret(as.key)
    expect((await app.call(`GET ${app.path}`, as)).status).toBe(200)
    await app.call(`DELETE /api-keys/${made.id}`)
    expect((await app.call(`GET ${app.path}`, as)).body['code']).toBe('key_revoked')
  })

  test('of a run in the personal space works alike', async () => {
    const app = await startApp()
    const { id } = await app.call('POST /experiments', { body: { name: 'Mine' } })
    const runs = `/experiments/${id}/variations/1/runs`
    await app.call(`POST /experiments/${id}/variations`, { body: {} })
    await app.call(`POST ${runs}`, { body: {} })
    expect((await app.call(`POST ${runs}/1/provision`)).status).toBe(201)
    await until(async () =>
      (await app.call(`GET ${runs}/1`)).body['status'] === 'finished' ? true : undefined,
    )
  })
})
