// A token at the guard of each framework.

import { startKeyHost } from '@keywright/verifier/testing'
import { TestClock } from '@keywright/core/testing'
import { defineAuthority, openAuthority } from 'keywright'
import { describe, expect, it, onTestFinished } from 'vitest'
import { rememberSecret } from '../../../../tools/canary/registry.ts'
import { ask } from '../adapters/ask.ts'
import type { StartDemo } from '../adapters/demo.ts'
import { ROUTES } from '../adapters/demo.ts'
import { startExpress } from '../adapters/demo-express.ts'
import { startFastify } from '../adapters/demo-fastify.ts'
import { startFetch } from '../adapters/demo-fetch.ts'
import { startHono } from '../adapters/demo-hono.ts'
import { good } from '../people/lab.ts'
import { AUDIENCE, signerOf } from './open-issuer.ts'

const FRAMEWORKS: readonly [string, StartDemo][] = [
  ['fetch', startFetch],
  ['hono', startHono],
  ['express', startExpress],
  ['fastify', startFastify],
]

function define(issuer: string) {
  return defineAuthority({
    product: { name: 'Acme', slug: 'acme' },
    resources: { organizations: { agents: {} } },
    scopes: ['agents:read', 'agents:write', 'availability:read'],
    modes: ['live', 'test'],
    roles: { owner: ['*'], viewer: ['agents:read'] },
    keys: {
      org: { prefix: 'ac_sk', bound: 'organizations', scopes: ['*'] },
      agent: { prefix: 'ac_ak', bound: 'organizations/agents', scopes: ['availability:read'] },
      fast: { prefix: 'ac_fk', bound: 'organizations', scopes: ['agents:*'] },
    },
    issuers: [{ issuer, audience: AUDIENCE, algorithms: ['RS256'] }],
  })
}

async function openDemo(start: StartDemo) {
  const host = await startKeyHost()
  onTestFinished(() => host.close())
  const signer = await signerOf('key-1')
  host.publish(signer.publicJwk)
  const clock = new TestClock()
  const authority = await openAuthority(define(host.issuer), { database: ':memory:', clock })
  onTestFinished(() => authority.close())
  const errors: unknown[] = []
  const onError = (error: unknown): void => void errors.push(error)
  const demo = await start({ authority, onHandled: () => undefined, onError })
  onTestFinished(() => demo.close())
  const { issuer } = host
  return {
    authority,
    issuer,
    errors,
    async call(path: string, subject: string) {
      const iat = Math.floor(clock.now() / 1000)
      const says = { iss: issuer, sub: subject, aud: AUDIENCE, iat, exp: iat + 60 }
      const token = await signer.sign(says)
      rememberSecret(token)
      return ask(demo.port, { path, headers: ['authorization', `Bearer ${token}`] })
    },
  }
}

describe.each(FRAMEWORKS)('the guard for %s', (_, start) => {
  it('lets a token through as its person, in any mode, and refuses with the same problems as for keys', async () => {
    const { authority, issuer, errors, call } = await openDemo(start)
    const joining = authority.people.join({ issuer, subject: 'ada', name: 'Ada' })
    const { person } = await good(joining)
    const me = { key_id: null, kind: 'users', resource: `users/${person.id}`, mode: null }
    expect(await call(ROUTES.me, 'ada')).toMatchObject({ status: 200, body: me })
    expect(await call(ROUTES.live, 'ada')).toMatchObject({ status: 200, body: me })
    const availability = ROUTES.availability.replace(':id', 'a1')
    // A person has no organization of their own: the route's `-` is nowhere.
    expect(await call(availability, 'ada')).toMatchObject({
      status: 403,
      body: { code: 'outside_resource' },
    })
    const stranger = await call(ROUTES.me, 'eve')
    expect(stranger).toMatchObject({ status: 401, body: { code: 'unknown_identity' } })
    expect(stranger.headers['www-authenticate']).toBe('Bearer realm="acme", error="invalid_token"')
    expect(errors).toEqual([])
  })
})
