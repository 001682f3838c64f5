import { appendFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openAuthority } from 'keywright'
import { onTestFinished } from 'vitest'
import { keepSink, openSink, rememberSecret } from '../../../tools/canary/registry.ts'
import type { Answer, Question } from '../../../tools/run/ask.ts'
import { ask } from '../../../tools/run/ask.ts'
import type { MethodicAuthority } from '../api.ts'
import { createApi } from '../api.ts'
import { defineMethodic } from '../authority.ts'
import type { Data } from '../data/open.ts'
import { openData } from '../data/open.ts'
import { makeAcme } from '../first-start.ts'
import type { IssuerState } from '../issuer/state.ts'
import { issuersOf, JANE, signToken } from '../issuer/tokens.ts'
import { Runner } from '../runner/runner.ts'
import { runningIssuer } from './running-issuer.ts'

type Role = 'owner' | 'researcher' | 'viewer'

/** The app over a fresh folder, listening, with Acme Research and Jane who owns it. */
export interface StartedApp {
  readonly url: string
  readonly folder: string
  readonly authority: MethodicAuthority
  readonly data: Data
  readonly issuer: IssuerState
  /** The id of Acme Research. */
  readonly acme: string
  /** Jane's own key; calls are made with it unless another is named. */
  readonly key: string
  /** @param request method and path, as `GET /experiments` */
  call(request: string, question?: Question): Promise<Answer>
  /** A JWT of the local issuer. */
  jwt(subject: string): Promise<string>
  /** A person with a role at Acme, or none, and a key of theirs. */
  addPerson(subject: string, role?: Role): Promise<{ id: string; key: string }>
  /** A run of a new experiment of Acme's, by its path. */
  addRun(question?: Question): Promise<string>
}

/** The worker that a runner is given, and how long it waits. */
export interface RunnerSettings {
  readonly worker?: string
  readonly graceMs?: number
}

const WORKER = join(import.meta.dirname, '..', 'runner', 'worker.ts')

/** Lives as long as its test. */
export async function startApp(settings: RunnerSettings = {}): Promise<StartedApp> {
  const folder = mkdtempSync(join(tmpdir(), 'methodic-'))
  const sink = openSink('methodic-log')
  const log = (line: string): void => appendFileSync(sink, `${line}\n`)
  const issuer = await runningIssuer()
  const authority = await openAuthority(defineMethodic(issuersOf(issuer)), {
    database: join(folder, 'kw.db'),
  })
  const data = openData(join(folder, 'methodic.db'))
  const runner = new Runner({ worker: WORKER, logs: join(folder, 'instances'), log, ...settings })
  const app = createApi({ authority, data, runner, log })
  const url = await app.listen({ port: 0, host: '127.0.0.1' })
  onTestFinished(async () => {
    await app.close()
    await runner.stop()
    await authority.close()
    data.close()
    keepSink(folder)
    rmSync(folder, { recursive: true })
  })

  const keyOf = async (personId: string): Promise<string> => {
    const minted = await authority.keys.mint('user', { resource: `users/${personId}` })
    if (!minted.ok || minted.secret === null) throw new Error('no key')
    rememberSecret(minted.secret)
    return minted.secret
  }
  await makeAcme(authority, { issuer: issuer.issuer, ...JANE })
  const found = await authority.organizations.find({ slug: 'acme' })
  const jane = await authority.people.find({ issuer: issuer.issuer, subject: JANE.subject })
  if (!found.ok || !jane.ok) throw new Error('no Acme')
  const acme = found.organization.id
  const key = await keyOf(jane.person.id)
  const call = (request: string, question: Question = {}): Promise<Answer> => {
    const [method = '', path = ''] = request.split(' ')
    return ask(url + path, { method, key, ...question })
  }
  return {
    url,
    folder,
    authority,
    data,
    issuer,
    acme,
    key,
    call,
    jwt: async (subject) => {
      const token = await signToken(issuer, { subject, now: Date.now() })
      rememberSecret(token)
      return token
    },
    addPerson: async (subject, role) => {
      const identity = { issuer: issuer.issuer, subject }
      const joined = await authority.people.join({ ...identity, name: subject })
      if (!joined.ok) throw new Error(joined.detail)
      const { id } = joined.person
      const resource = `organizations/${acme}`
      if (role !== undefined) await authority.members.grant({ personId: id, resource, role })
      return { id, key: await keyOf(id) }
    },
    addRun: async (question) => {
      const body = { name: 'Sweep', organization_id: acme }
      const { id } = await call('POST /experiments', { ...question, body })
      const path = `/experiments/${id}/variations`
      await call(`POST ${path}`, { ...question, body: {} })
      const run = await call(`POST ${path}/1/runs`, { ...question, body: {} })
      if (run.status !== 201) throw new Error(run.text)
      return `${path}/1/runs/${String(run.body['run'])}`
    },
  }
}
