import { describe, expect, test } from 'vitest'
import { rememberSecret } from '../../tools/canary/registry.ts'
import { AUDIENCE, MACHINE } from './issuer/tokens.ts'
import type { StartedApp } from './testing/start-app.ts'
import { startApp } from './testing/start-app.ts'
import { until } from './testing/until.ts'

/** A machine's JWT from the token endpoint, by client credentials. */
async function machineToken({ issuer }: StartedApp): Promise<string> {
  const basic = Buffer.from(`${MACHINE}:${issuer.clientSecret}`).toString('base64')
  const response = await fetch(`${issuer.issuer}/token`, {
    method: 'POST',
    headers: { authorization: `Basic ${basic}` },
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      resource: AUDIENCE,
      scope: 'api',
    }),
  })
  const { access_token } = (await response.json()) as { access_token: string }
  rememberSecret(access_token)
  return access_token
}

describe('a JWT of the issuer', () => {
  test('M1, M9: is a credential like a key, and makes a key for its person', async () => {
    const { call, jwt, acme } = await startApp()
    const key = await jwt('jane')
    const me = await call('GET /v1/me/scopes', { key })
    expect(me.body).toMatchObject({
      person: { name: 'Jane Doe' },
      organizations: [{ id: acme, slug: 'acme' }],
      key: null,
    })
    const made = await call('POST /api-keys', { key, body: { description: 'laptop' } })
    expect(made).toMatchObject({ status: 201, body: { kind: 'user' } })
    expect(made.body['key']).toMatch(/^sk_user_/)
    // It acts as Jane and outlives the token.
    const own = String(made.body['key'])
    expect((await call('GET /v1/me/scopes', { key: own })).body['person']).toEqual(
      me.body['person'],
    )
    const life = Date.parse(String(made.body['expires_at'])) - Date.now()
    expect(Math.round(life / 86_400_000)).toBe(90)
    const agent = { description: 'agent', kind: 'agent' }
    expect((await call('POST /api-keys', { key, body: agent })).body['key']).toMatch(/^sk_agent_/)
  })

  test('of somebody new makes a person, who has their own space and nothing else', async () => {
    const { call, jwt, acme } = await startApp()
    const key = await jwt('somebody-new')
    expect((await call('GET /v1/me/scopes', { key })).body['organizations']).toEqual([])
    const body = { name: 'Theirs', organization_id: acme }
    expect((await call('POST /experiments', { key, body })).status).toBe(404)
    expect((await call('POST /experiments', { key, body: { name: 'Mine' } })).status).toBe(201)
  })

  test('M10: of a machine makes agent keys, restricted as it wishes', async () => {
    const app = await startApp()
    const key = await machineToken(app)
    const body = { description: 'build agent', scopes: ['runs:read'] }
    const made = await app.call('POST /api-keys', { key, body })
    expect(made).toMatchObject({ status: 201, body: { kind: 'agent', scopes: ['runs:read'] } })
    const own = String(made.body['key'])
    const refused = await app.call('POST /experiments', { key: own, body: { name: 'x' } })
    expect(refused).toMatchObject({ status: 403, body: { code: 'insufficient_scope' } })
  })

  test('M11: provisions a run as a key does', async () => {
    const { call, jwt, addRun } = await startApp()
    const key = await jwt('jane')
    const path = await addRun({ key })
    expect((await call(`POST ${path}/provision`, { key })).status).toBe(201)
    const run = await until(async () => {
      const { body } = await call(`GET ${path}`, { key })
      return body['status'] === 'finished' ? body : undefined
    })
    expect(run['outcome']).toBe('succeeded')
  })

  test('M14: ends with its last role, at once', async () => {
    const { call, jwt, addPerson, acme, authority } = await startApp()
    const rita = await addPerson('rita', 'researcher')
    const key = await jwt('rita')
    const { id } = await call('POST /experiments', {
      key,
      body: { name: 'x', organization_id: acme },
    })
    await authority.members.remove({ personId: rita.id, resource: `organizations/${acme}` })
    expect((await call(`GET /experiments/${id}`, { key })).status).toBe(404)
  })

  test('that is forged, or not for this API, is refused', async () => {
    const { call, jwt } = await startApp()
    const [header = '', payload = '', signature = ''] = (await jwt('jane')).split('.')
    const claims = JSON.parse(Buffer.from(payload, 'base64url').toString()) as object
    const other = Buffer.from(JSON.stringify({ ...claims, sub: 'mallory' })).toString('base64url')
    const refused = await call('GET /experiments', { key: `${header}.${other}.${signature}` })
    expect(refused).toMatchObject({ status: 401, body: { code: 'invalid_token' } })
  })
})
