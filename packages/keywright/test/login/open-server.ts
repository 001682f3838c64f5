// The studio over HTTP. People are signed in by their names here: logins ask accounts for nothing but who that is.

import type { Accounts } from '@keywright/contract'
import { seededRandom } from '@keywright/core/testing'
import { createServer } from '@keywright/server'
import type { Person } from 'keywright'
import { onTestFinished } from 'vitest'
import { rememberSecret } from '../../../../tools/canary/registry.ts'
import { Reader } from '../pages/reader.ts'
import { openStudio, REDIRECT, VERIFIER } from './studio.ts'

const FORM = { 'content-type': 'application/x-www-form-urlencoded' }

export interface Answered {
  readonly status: number
  readonly headers: Readonly<Record<string, unknown>>
  readonly text: string
  /** Of a JSON answer. */
  readonly body: Record<string, unknown>
}

/** @param origin where browsers and programs see it */
export async function openLoginServer(origin = 'http://127.0.0.1:4999') {
  const studio = await openStudio()
  const { authority, clock } = studio
  const people = new Map<string, Person>()
  const { accounts, endSessions } = sessionSource(origin, { clock, people })
  const lines: string[] = []
  const app = createServer({
    authority,
    clock,
    random: seededRandom(29),
    accounts,
    log: (line) => lines.push(line),
  })
  onTestFinished(() => app.close())

  /** Sends a form as a program does. */
  const post = async (
    url: string,
    fields: Record<string, string> | string,
    { from = '192.0.2.7', headers = {} }: { from?: string; headers?: object } = {},
  ): Promise<Answered> => {
    const payload = typeof fields === 'string' ? fields : new URLSearchParams(fields).toString()
    const answer = await app.inject({
      method: 'POST',
      url,
      headers: { ...FORM, ...headers },
      payload,
      remoteAddress: from,
    })
    return answered(answer)
  }

  return {
    ...studio,
    app,
    origin,
    lines,
    endSessions,
    post,
    async get(url: string): Promise<Answered> {
      return answered(await app.inject({ method: 'GET', url }))
    },
    /** Sends JSON with a key, as a terminal does. */
    async ask(url: string, as: string, payload: object): Promise<Answered> {
      const headers = { authorization: `Bearer ${as}` }
      return answered(await app.inject({ method: 'POST', url, headers, payload }))
    },
    /** Somebody who signs in as who they are called. */
    async browser(name: string): Promise<{ person: Person; reader: Reader }> {
      const known = people.get(name) ?? (await studio.join(name))
      people.set(name, known)
      return { person: known, reader: new Reader(app, origin) }
    },
    /** The address of a right authorization request, changed where a test says so. */
    authorizeUrl(change: Record<string, string | undefined> = {}): string {
      const { codeChallenge } = studio.parameters()
      const parameters = {
        response_type: 'code',
        client_id: 'studio',
        redirect_uri: REDIRECT,
        code_challenge: codeChallenge,
        code_challenge_method: 'S256',
        state: 'st4te',
        device_name: 'ada@laptop',
        ...change,
      }
      const sent = new URLSearchParams()
      for (const [name, value] of Object.entries(parameters)) {
        if (value !== undefined) sent.set(name, value)
      }
      return `/oauth/authorize?${sent.toString()}`
    },
    redeemOver(code: string, change: Record<string, string> = {}): Promise<Answered> {
      const whole = { grant_type: 'authorization_code', client_id: 'studio' }
      const proof = { redirect_uri: REDIRECT, code_verifier: VERIFIER }
      return post('/oauth/token', { ...whole, ...proof, code, ...change })
    },
  }
}

export type LoginServer = Awaited<ReturnType<typeof openLoginServer>>

/** Signs in on the page that the browser was sent to, and comes back. */
export async function signIn(reader: Reader, name: string): Promise<void> {
  await reader.follow()
  await reader.send('/sign-in', { email: name, password: 'any' })
  await reader.follow()
}

/** What a redirect to a program carries. */
export function answerIn(reader: Reader): URLSearchParams {
  const { searchParams } = new URL(reader.location)
  const code = searchParams.get('code')
  if (code !== null) rememberSecret(code)
  return searchParams
}

function answered(answer: {
  readonly statusCode: number
  readonly headers: Readonly<Record<string, unknown>>
  readonly body: string
}): Answered {
  const isJson = String(answer.headers['content-type']).includes('json')
  const body = (isJson ? JSON.parse(answer.body) : {}) as Record<string, unknown>
  for (const name of ['access_token', 'device_code']) {
    const secret = body[name]
    if (typeof secret === 'string') rememberSecret(secret)
  }
  return { status: answer.statusCode, headers: answer.headers, text: answer.body, body }
}

function sessionSource(
  origin: string,
  known: { readonly clock: { now(): number }; readonly people: ReadonlyMap<string, Person> },
): { readonly accounts: Accounts; readonly endSessions: () => void } {
  const { clock, people } = known
  const sessions = new Map<string, { readonly person: Person; readonly at: number }>()
  const source: Pick<Accounts, 'origin' | 'providers' | 'sessionOf' | 'signIn'> = {
    origin,
    providers: [],
    sessionOf: async ({ headers }) => {
      const id = /(?:^|; )sid=([^;]*)/.exec(headers.get('cookie') ?? '')?.[1] ?? ''
      const session = sessions.get(id)
      if (session === undefined) return undefined
      const { person, at } = session
      const { id: personId, name } = person
      return { id, personId, name, email: null, authenticatedAt: at, expiresAt: at + 86_400_000 }
    },
    signIn: async ({ email }) => {
      const id = `ses_${sessions.size + 1}`
      sessions.set(id, { person: people.get(email) as Person, at: clock.now() })
      return { ok: true, next: 'signed_in', setCookies: [`sid=${id}; Path=/; HttpOnly`] }
    },
  }
  return { accounts: source as Accounts, endSessions: () => sessions.clear() }
}
