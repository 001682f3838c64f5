import { once } from 'node:events'
import { appendFileSync, mkdtempSync, rmSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createAdaptorServer } from '@hono/node-server'
import type { AuthorityOf, Clock } from 'keywright'
import { openAuthority } from 'keywright'
import { keepSink, openSink, rememberSecret } from '../../../tools/canary/registry.ts'
import type { Answer, Question } from '../../../tools/run/ask.ts'
import { ask } from '../../../tools/run/ask.ts'
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
  readonly authority: AuthorityOf<typeof definition>
  readonly liveKey: string
  readonly testKey: string
  /** Asks a tenth of a second after the call before. @param request method and path */
  call(request: string, question?: Question): Promise<Answer>
  /** The same, with no time gone by. */
  rush(request: string, question?: Question): Promise<Answer>
  close(): Promise<void>
}

export async function startApp(clock: MovableClock): Promise<StartedApp> {
  const folder = mkdtempSync(join(tmpdir(), 'chronary-modes-'))
  const sink = openSink('chronary-modes-log')
  const authority = await openAuthority(definition, { database: join(folder, 'kw.db'), clock })
  const data = openData(folder)
  const log = (line: string): void => appendFileSync(sink, `${line}\n`)
  const { app, idle } = createApi({ authority, data, now: () => clock.now(), log })
  const server = createAdaptorServer({ fetch: app.fetch })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const mint = async (mode: 'live' | 'test'): Promise<string> => {
    const minted = await authority.keys.mint('org', { resource: 'organizations/org_1', mode })
    if (!minted.ok || minted.secret === null) throw new Error('no key')
    rememberSecret(minted.secret)
    return minted.secret
  }
  const rush = (request: string, question?: Question): Promise<Answer> => {
    const [method = '', path = ''] = request.split(' ')
    return ask(url + path, { method, ...question })
  }
  return {
    url,
    folder,
    authority,
    liveKey: await mint('live'),
    testKey: await mint('test'),
    call: (request, question) => {
      clock.advance(100)
      return rush(request, question)
    },
    rush,
    close: async () => {
      const closed = once(server, 'close')
      server.close()
      await closed
      await idle()
      await authority.close()
      data.close()
      keepSink(folder)
      rmSync(folder, { recursive: true })
    },
  }
}
