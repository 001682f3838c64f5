// What of a login exists is said by the definition and by whether anybody can sign in.

import type { Accounts } from '@keywright/contract'
import { seededRandom } from '@keywright/core/testing'
import { createServer } from '@keywright/server'
import { defineAuthority } from 'keywright'
import { expect, it, onTestFinished } from 'vitest'
import { openWorld } from '../world/open-world.ts'
import { openLoginServer } from './open-server.ts'
import { errorOf } from './studio.ts'

const withoutDevices = defineAuthority({
  product: { name: 'Studio', slug: 'studio' },
  resources: { organizations: {} },
  scopes: ['films:read'],
  roles: { owner: ['*'] },
  keys: { personal: { prefix: 'st_pk', bound: 'users', scopes: ['*'] } },
  login: { kind: 'personal', clients: { studio: { name: 'Studio CLI' } }, device: false },
})

const FORM = { 'content-type': 'application/x-www-form-urlencoded' }
const METADATA = '/.well-known/oauth-authorization-server'

async function opened(accounts: { readonly accounts?: Accounts }) {
  const { authority, clock } = await openWorld(withoutDevices)
  const app = createServer({ authority, clock, random: seededRandom(5), ...accounts })
  onTestFinished(() => app.close())
  return { authority, app }
}

it('a definition without device logins has no device endpoint, page or grant (row 53)', async () => {
  const origin = 'http://127.0.0.1:4999'
  const accounts = { origin, providers: [] } as unknown as Accounts
  const { authority, app } = await opened({ accounts })
  const metadata = (await app.inject(METADATA)).json<Record<string, unknown>>()
  expect(metadata).not.toHaveProperty('device_authorization_endpoint')
  expect(metadata['grant_types_supported']).toEqual(['authorization_code'])
  for (const url of ['/oauth/device_authorization', '/v1/device/claim', '/v1/device/approve']) {
    expect((await app.inject({ method: 'POST', url, headers: FORM })).statusCode).toBe(404)
  }
  expect((await app.inject('/device')).statusCode).toBe(404)
  const type = 'urn:ietf:params:oauth:grant-type:device_code'
  const payload = new URLSearchParams({ grant_type: type, client_id: 'studio' }).toString()
  const polled = await app.inject({ method: 'POST', url: '/oauth/token', headers: FORM, payload })
  expect(polled.json()).toMatchObject({ error: 'unsupported_grant_type' })
  const started = await authority.login.device.start({ clientId: 'studio' })
  expect(errorOf(started)).toBe('unauthorized_client')
})

it('where nobody signs in there are no logins', async () => {
  const { app } = await opened({})
  expect((await app.inject(METADATA)).statusCode).toBe(404)
  for (const url of ['/oauth/token', '/oauth/revoke', '/oauth/authorize']) {
    expect((await app.inject({ method: 'POST', url, headers: FORM })).statusCode).toBe(404)
  }
})

it('every endpoint of a login is in the OpenAPI document, with its refusals', async () => {
  const { get } = await openLoginServer()
  const { body } = await get('/openapi.json')
  const paths = body['paths'] as Record<string, Record<string, { responses: object }>>
  for (const path of ['/oauth/token', '/oauth/revoke', '/oauth/device_authorization']) {
    const { responses = {} } = paths[path]?.['post'] ?? {}
    expect(Object.keys(responses)).toEqual(['200', '400', '401', '413', '415', '429', '500', '503'])
  }
  for (const path of ['/v1/device/claim', '/v1/device/approve']) {
    const { responses = {} } = paths[path]?.['post'] ?? {}
    expect(Object.keys(responses)).toEqual(
      expect.arrayContaining(['200', '403', '404', '409', '429']),
    )
  }
  expect(paths[METADATA]).toHaveProperty('get')
})
