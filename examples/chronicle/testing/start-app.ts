import { once } from 'node:events'
import { appendFileSync, mkdtempSync, rmSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Clock } from 'keywright'
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

/** A workspace's first key, and the key of its settings page. */
interface Workspace {
  readonly key: string
  readonly settingsKey: string
}

/** The app over a fresh folder with the workspaces A and B, listening. */
export interface StartedApp {
  readonly url: string
  readonly folder: string
  readonly a: Workspace
  readonly b: Workspace
  /** Asks a tenth of a second after the call before. @param request method and path */
  call(request: string, question?: Question): Promise<Answer>
  /** The same, with no time gone by. */
  rush(request: string, question?: Question): Promise<Answer>
  close(): Promise<void>
}

export async function startApp(clock: MovableClock): Promise<StartedApp> {
  const folder = mkdtempSync(join(tmpdir(), 'chronicle-'))
  const sink = openSink('chronicle-log')
  const authority = await openAuthority(definition, { database: join(folder, 'kw.db'), clock })
  const data = openData(join(folder, 'chronicle.db'))
  const log = (line: string): void => appendFileSync(sink, `${line}\n`)
  const app = createApi({ authority, data, now: () => clock.now(), log })
  const server = app.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`

  const mint = async (kind: 'settings' | 'workspace', resource: string): Promise<string> => {
    const minted = await authority.keys.mint(kind, { resource, name: 'First key' })
    if (!minted.ok || minted.secret === null) throw new Error('no key')
    rememberSecret(minted.secret)
    return minted.secret
  }
  const addWorkspace = async (id: string): Promise<Workspace> => ({
    key: await mint('workspace', `workspaces/${id}`),
    settingsKey: await mint('settings', `workspaces/${id}`),
  })
  const rush = (request: string, question?: Question): Promise<Answer> => {
    const [method = '', path = ''] = request.split(' ')
    return ask(url + path, { method, ...question })
  }
  return {
    url,
    folder,
    a: await addWorkspace('a'),
    b: await addWorkspace('b'),
    call: (request, question) => {
      clock.advance(100)
      return rush(request, question)
    },
    rush,
    close: async () => {
      const closed = once(server, 'close')
      server.close()
      await closed
      await authority.close()
      data.close()
      keepSink(folder)
      rmSync(folder, { recursive: true })
    },
  }
}
