// The standalone server over a real authority, asked through `inject`, with a key of each sort.

import { problemSchema } from '@keywright/contract'
import { seededRandom } from '@keywright/core/testing'
import { createServer } from '@keywright/server'
import type { KeywrightServer, RoutesOptions } from '@keywright/server'
import { defineAuthority, perMonth, perSecond } from 'keywright'
import type { Authority, Person } from 'keywright'
import { expect, onTestFinished } from 'vitest'
import { rememberSecret } from '../../../../tools/canary/registry.ts'
import type { Shown, World } from '../world/open-world.ts'
import { good } from '../people/lab.ts'
import { openWorld, shown } from '../world/open-world.ts'

const site = defineAuthority({
  product: { name: 'Site', slug: 'site' },
  resources: { organizations: { agents: {} } },
  scopes: ['agents:read', 'agents:write'],
  modes: ['live', 'test'],
  roles: {
    owner: ['*'],
    admin: ['agents:read', 'keys:*', 'members:*'],
    viewer: ['agents:read', 'members:read'],
  },
  keys: {
    personal: { prefix: 'si_pk', bound: 'users', scopes: ['*'] },
    org: { prefix: 'si_sk', bound: 'organizations', scopes: ['*'] },
    agent: {
      prefix: 'si_ak',
      bound: 'organizations/agents',
      scopes: ['agents:read', 'keys:read'],
      mintedBy: ['org'],
    },
    single: {
      prefix: 'si_on',
      bound: 'organizations',
      scopes: ['agents:read'],
      single: true,
      mintedBy: ['org'],
    },
    verifier: {
      prefix: 'si_vk',
      bound: 'organizations',
      scopes: ['keys:verify'],
      mintedBy: ['org'],
    },
    metered: {
      prefix: 'si_mk',
      bound: 'organizations',
      scopes: ['agents:read', 'keys:read', 'keys:write', 'keys:usage'],
      mintedBy: ['org'],
    },
  },
  limits: {
    rate: perSecond(2).burst(2).on('agent'),
    quota: perMonth(3).on('metered').in('live'),
  },
  headers: ['authorization', 'x-api-key'],
})

/** What a test sends. */
export interface Sent {
  readonly method?: string
  readonly url: string
  /** The secret of `Authorization: Bearer`. */
  readonly as?: string
  readonly headers?: Readonly<Record<string, string | string[]>>
  readonly body?: unknown
  readonly from?: string
}

export interface Answered {
  readonly status: number
  readonly headers: Readonly<Record<string, unknown>>
  readonly text: string
  // oxlint-disable-next-line typescript/no-explicit-any -- a test names the fields that it expects of an answer
  readonly body: any
}

export interface Site {
  readonly world: World<string, string, string>
  readonly app: KeywrightServer
  readonly authority: Authority
  readonly lines: string[]
  readonly org: Shown
  readonly other: Shown
  readonly verifier: Shown
  ask(sent: Sent): Promise<Answered>
  mint(kind: string, resource: string, more?: object): Promise<Shown>
  /** Adds a person with a verified address, roles by resource and a personal key. */
  join(name: string, roles?: Readonly<Record<string, string>>): Promise<Joined>
}

/** A person and the key that acts as them. */
interface Joined {
  readonly person: Person
  readonly space: string
  readonly secret: string
}

/** Opens a site that lives as long as the test. */
export async function openSite(options: Partial<RoutesOptions> = {}): Promise<Site> {
  const world = (await openWorld(site)) as unknown as World<string, string, string>
  const authority = world.authority
  const lines: string[] = []
  const app = createServer({
    authority,
    clock: world.clock,
    random: seededRandom(11),
    log: (line) => lines.push(line),
    ...options,
  })
  onTestFinished(() => app.close())
  const mint = (kind: string, resource: string, more: object = {}): Promise<Shown> =>
    shown(authority.keys.mint(kind, { resource, ...more }))
  const org = await mint('org', 'organizations/o1')
  const other = await mint('org', 'organizations/o2')
  const verifier = await mint('verifier', 'organizations/o1')
  const join = async (name: string, roles: Readonly<Record<string, string>> = {}) => {
    // Ids sort by their millisecond.
    world.clock.advance(1)
    const email = `${name}@site.example`
    const { person } = await good(authority.people.add({ name, email, isEmailVerified: true }))
    for (const [resource, role] of Object.entries(roles)) {
      await good(authority.members.grant({ personId: person.id, resource, role }))
    }
    const space = `users/${person.id}`
    return { person, space, secret: (await mint('personal', space)).secret }
  }
  const sender = (sent: Sent) => ask(app, sent)
  return { world, app, authority, lines, org, other, verifier, mint, join, ask: sender }
}

export async function ask(app: KeywrightServer, sent: Sent): Promise<Answered> {
  const { method = 'GET', url, as, headers = {}, body, from } = sent
  const answer = await app.inject({
    method: method as 'GET',
    url,
    headers: { ...(as === undefined ? {} : { authorization: `Bearer ${as}` }), ...headers },
    ...(body === undefined ? {} : { payload: body as object }),
    ...(from === undefined ? {} : { remoteAddress: from }),
  })
  const isJson = String(answer.headers['content-type']).includes('json') && answer.body !== ''
  const parsed: unknown = isJson ? JSON.parse(answer.body) : undefined
  for (const name of ['key', 'token', 'pickup_code']) {
    const secret = (parsed as Record<string, unknown> | undefined)?.[name]
    if (typeof secret === 'string') rememberSecret(secret)
  }
  expect(answer.headers['cache-control']).toBe('no-store')
  expect(answer.headers['x-content-type-options']).toBe('nosniff')
  expect(answer.headers['x-request-id']).toMatch(/^req_[A-Za-z0-9_-]{20}$/)
  return { status: answer.statusCode, headers: answer.headers, text: answer.body, body: parsed }
}

/** Holds an answer against everything that a problem must be. */
export function expectProblem(answer: Answered, status: number, code: string): void {
  expect(answer.body ?? answer.text).toMatchObject({ status, code })
  expect(answer.status).toBe(status)
  expect(answer.headers['content-type']).toBe('application/problem+json')
  expect(problemSchema.parse(answer.body).request_id).toBe(answer.headers['x-request-id'])
}
