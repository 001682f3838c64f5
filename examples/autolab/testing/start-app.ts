import { appendFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Clock, Person } from 'keywright'
import { openAuthority } from 'keywright'
import { keepSink, openSink, rememberSecret } from '../../../tools/canary/registry.ts'
import type { Answer, Question } from '../../../tools/run/ask.ts'
import { ask } from '../../../tools/run/ask.ts'
import type { AutolabAuthority } from '../api.ts'
import { createApi } from '../api.ts'
import definition from '../authority.ts'
import { openData } from '../data/open.ts'

/** The time that a test moves. */
export interface MovableClock extends Clock {
  advance(ms: number): void
}

/** Somebody with a token. */
interface Member {
  readonly person: Person
  readonly token: string
}

/** The app over a fresh folder, listening, with alice's project nanochat. */
export interface StartedApp {
  readonly url: string
  readonly folder: string
  readonly authority: AutolabAuthority
  readonly alice: Member
  /** @param request method and path, as `GET /v1/tokens` */
  call(request: string, question?: Question): Promise<Answer>
  /** Somebody new, with a role in alice's project or without one. */
  join(name: string, role?: 'admin' | 'researcher' | 'viewer'): Promise<Member>
  close(): Promise<void>
}

export async function startApp(clock: MovableClock): Promise<StartedApp> {
  const folder = mkdtempSync(join(tmpdir(), 'autolab-'))
  const sink = openSink('autolab-log')
  const authority = await openAuthority(definition, { database: join(folder, 'kw.db'), clock })
  const data = openData(join(folder, 'autolab.db'))
  const log = (line: string): void => appendFileSync(sink, `${line}\n`)
  const app = createApi({ authority, data, keywright: { clock, log }, now: () => clock.now(), log })
  const url = await app.listen({ port: 0, host: '127.0.0.1' })
  const add = async (name: string): Promise<Member> => {
    clock.advance(1)
    const added = await authority.people.add({ name })
    if (!added.ok) throw new Error(added.detail)
    const { person } = added
    data.handles.of(person)
    const resource = `users/${person.id}`
    const minted = await authority.keys.mint('token', { resource, name: 'first' })
    if (!minted.ok || minted.secret === null) throw new Error('no token')
    rememberSecret(minted.secret)
    return { person, token: minted.secret }
  }
  const alice = await add('Alice')
  data.projects.create('alice', 'nanochat', clock.now())
  return {
    url,
    folder,
    authority,
    alice,
    call: async (request, question = {}) => {
      clock.advance(1)
      const [method = '', path = ''] = request.split(' ')
      const answer = await ask(url + path, { method, key: alice.token, ...question })
      if (typeof answer.body['token'] === 'string') rememberSecret(answer.body['token'])
      return answer
    },
    join: async (name, role) => {
      const member = await add(name)
      if (role === undefined) return member
      const resource = `users/${alice.person.id}/projects/nanochat`
      const granted = await authority.members.grant({ personId: member.person.id, resource, role })
      if (!granted.ok) throw new Error(granted.detail)
      return member
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
