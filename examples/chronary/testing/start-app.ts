import { appendFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Clock } from 'keywright'
import { openAuthority } from 'keywright'
import { keepSink, openSink, rememberSecret } from '../../../tools/canary/registry.ts'
import type { Answer, Question } from '../../../tools/run/ask.ts'
import { ask } from '../../../tools/run/ask.ts'
import type { ChronaryAuthority } from '../api.ts'
import { createApi } from '../api.ts'
import definition from '../authority.ts'
import { openData } from '../data/open.ts'

/** The time that a test moves. */
export interface MovableClock extends Clock {
  advance(ms: number): void
}

/** The app over a fresh folder, listening. */
export interface StartedApp {
  readonly url: string
  readonly folder: string
  readonly authority: ChronaryAuthority
  readonly orgKey: string
  /** Asks with the org key unless another is named, a tenth of a second after the call before. */
  call(request: string, question?: Question): Promise<Answer>
  /** The same, with no time gone by. */
  rush(request: string, question?: Question): Promise<Answer>
  /** A new agent and a key of its own. */
  addAgent(name: string): Promise<{ id: string; key: string; keyId: string }>
  close(): Promise<void>
}

/** @param request method and path, as `GET /v1/agents` */
export async function startApp(clock: MovableClock): Promise<StartedApp> {
  const folder = mkdtempSync(join(tmpdir(), 'chronary-'))
  const sink = openSink('chronary-log')
  const authority = await openAuthority(definition, { database: join(folder, 'kw.db'), clock })
  const data = openData(join(folder, 'chronary.db'))
  const log = (line: string): void => appendFileSync(sink, `${line}\n`)
  const app = createApi({ authority, data, now: () => clock.now(), log })
  const url = await app.listen({ port: 0, host: '127.0.0.1' })
  const minted = await authority.keys.mint('org', { resource: 'organizations/org_1' })
  if (!minted.ok || minted.secret === null) throw new Error('no org key')
  const orgKey = minted.secret
  rememberSecret(orgKey)

  const rush = (request: string, question: Question = {}): Promise<Answer> => {
    const [method = '', path = ''] = request.split(' ')
    return ask(url + path, { method, key: orgKey, ...question })
  }
  const call = (request: string, question?: Question): Promise<Answer> => {
    clock.advance(100)
    return rush(request, question)
  }
  return {
    url,
    folder,
    authority,
    orgKey,
    call,
    rush,
    addAgent: async (name) => {
      const agent = await call('POST /v1/agents', { body: { name } })
      const body = { agent_id: agent.id, label: `${name}'s key` }
      const made = await call('POST /v1/keys', { body })
      const { key, id } = made.body
      return { id: agent.id, key: String(key), keyId: String(id) }
    },
    close: async () => {
      await app.close()
      await authority.close()
      data.close()
      keepSink(folder)
      rmSync(folder, { recursive: true })
    },
  }
}
