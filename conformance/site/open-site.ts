// A standalone server for the conformance tests: one organization, one agent, one resource server.

import { seededRandom, TestClock } from '@keywright/core/testing'
import { createServer } from '@keywright/server'
import { defineAuthority, openAuthority, perMonth, perSecond } from 'keywright'
import { onTestFinished } from 'vitest'
import { rememberSecret } from '../../tools/canary/registry.ts'

const definition = defineAuthority({
  product: { name: 'Site', slug: 'site' },
  resources: { organizations: { agents: {} } },
  scopes: ['agents:read', 'agents:write'],
  keys: {
    org: { prefix: 'cf_sk', bound: 'organizations', scopes: ['*'] },
    agent: {
      prefix: 'cf_ak',
      bound: 'organizations/agents',
      scopes: ['agents:read'],
      mintedBy: ['org'],
    },
    metered: {
      prefix: 'cf_mk',
      bound: 'organizations',
      scopes: ['agents:read'],
      mintedBy: ['org'],
    },
    rs: { prefix: 'cf_vk', bound: 'organizations', scopes: ['keys:verify'], mintedBy: ['org'] },
  },
  limits: { rate: perSecond(2).burst(2).on('agent'), quota: perMonth(2).on('metered') },
})

export interface Minted {
  readonly id: string
  readonly secret: string
}

export interface Asked {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'DELETE'
  readonly headers?: Record<string, string | string[]>
  readonly body?: string | object
}

export interface Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, string | undefined>>
  readonly text: string
  json(): Record<string, unknown>
}

export async function openSite() {
  const clock = new TestClock()
  const random = seededRandom(23)
  const rootKey = Buffer.alloc(32, 7).toString('hex')
  const authority = await openAuthority(definition, {
    database: ':memory:',
    rootKey,
    clock,
    random,
  })
  const server = createServer({ authority, clock, random })
  onTestFinished(async () => {
    await server.close()
    await authority.close()
  })
  const mint = async (
    kind: 'org' | 'agent' | 'metered' | 'rs',
    resource: string,
    expiresInSeconds?: number,
  ): Promise<Minted> => {
    const outcome = await authority.keys.mint(kind, { resource, expiresInSeconds })
    if (!outcome.ok || outcome.secret === null) throw new Error('not minted')
    rememberSecret(outcome.secret)
    return { id: outcome.key.id, secret: outcome.secret }
  }
  const ask = async (url: string, asked: Asked = {}): Promise<Answer> => {
    const { method = 'GET', headers = {}, body } = asked
    const payload = body === undefined ? {} : { payload: body }
    const answer = await server.inject({ method, url, headers, ...payload })
    const flat = Object.entries(answer.headers).map(([name, value]) => [name, value?.toString()])
    return {
      status: answer.statusCode,
      headers: Object.fromEntries(flat) as Record<string, string | undefined>,
      text: answer.body,
      json: () => answer.json(),
    }
  }
  return { authority, clock, mint, ask }
}

export function bearer(secret: string): Record<string, string> {
  return { authorization: `Bearer ${secret}` }
}
