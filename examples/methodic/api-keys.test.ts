import { describe, expect, test } from 'vitest'
import { rememberSecret } from '../../tools/canary/registry.ts'
import { startApp } from './testing/start-app.ts'

const DAY_MS = 86_400_000

/** How many days a key lives that is shown so. */
function daysOf(body: Readonly<Record<string, unknown>>): number {
  const life = Date.parse(String(body['expires_at'])) - Date.parse(String(body['created_at']))
  return Math.round(life / DAY_MS)
}

describe('a key', () => {
  test('M12: is made from description and scopes, and its whole text is shown once', async () => {
    const { call, url, key } = await startApp()
    // As the documentation writes it, without a content type.
    const response = await fetch(`${url}/api-keys`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${key}`,
        'content-type': 'application/x-www-form-urlencoded',
      },
      body: '{"description": "my custom runner", "scopes": ["experiments:*", "runs:*"]}',
    })
    const body = (await response.json()) as Record<string, unknown>
    rememberSecret(String(body['key']))
    expect(response.status).toBe(201)
    expect(body).toMatchObject({
      kind: 'agent',
      description: 'my custom runner',
      scopes: ['experiments:*', 'runs:*'],
    })
    expect(body['key']).toMatch(/^sk_agent_[0-9A-Za-z]{36}$/)
    const listed = await call('GET /api-keys')
    expect(listed.text).toContain('my custom runner')
    expect(listed.text).not.toContain(String(body['key']))
  })

  test('M9: lives 90 days unless it is asked for less, or more within its parent and a year', async () => {
    const { call } = await startApp()
    const make = (change: object) =>
      call('POST /api-keys', { body: { description: 'x', ...change } })
    expect(daysOf((await make({})).body)).toBe(90)
    expect(daysOf((await make({ expires_in: 86_400 })).body)).toBe(1)
    const long = await make({ expires_in: 91 * 86_400 })
    expect(long).toMatchObject({ status: 403, body: { code: 'exceeds_parent' } })
    const longer = await make({ expires_in: 366 * 86_400 })
    expect(longer).toMatchObject({ status: 422, body: { code: 'invalid_lifetime' } })
  })

  test('M10: makes keys that are no wider than itself', async () => {
    const { call } = await startApp()
    const scopes = ['runs:read', 'keys:write']
    const parent = await call('POST /api-keys', { body: { description: 'agent', scopes } })
    const key = String(parent.body['key'])
    const make = (change: object) =>
      call('POST /api-keys', { key, body: { description: 'child', ...change } })
    expect((await make({ scopes: ['runs:read'] })).status).toBe(201)
    const wider = await make({ scopes: ['runs:write'] })
    expect(wider).toMatchObject({ status: 403, body: { code: 'exceeds_parent' } })
    const user = await make({ kind: 'user', scopes: ['runs:read'] })
    expect(user).toMatchObject({ status: 403, body: { code: 'kind_not_mintable' } })
    // Without a wish: what the parent has.
    expect((await make({})).body['scopes']).toEqual(expect.arrayContaining(scopes))
  })

  test('M10: can be restricted to one experiment', async () => {
    const { call, acme } = await startApp()
    const add = (name: string) =>
      call('POST /experiments', { body: { name, organization_id: acme } })
    const [one, two] = [await add('one'), await add('two')]
    const resource = `organizations/${acme}/experiments/${one.id}`
    const made = await call('POST /api-keys', { body: { description: 'one', resource } })
    const key = String(made.body['key'])
    expect((await call(`GET /experiments/${one.id}`, { key })).status).toBe(200)
    const refused = await call(`GET /experiments/${two.id}`, { key })
    expect(refused).toMatchObject({ status: 403, body: { code: 'outside_resource' } })
    expect((await call('GET /experiments', { key })).body).toMatchObject({
      data: [{ name: 'one' }],
    })
  })

  test('M10: restricted to one variation, makes and reads the runs of that alone', async () => {
    const { call, acme, addRun } = await startApp()
    const variation = (await addRun()).replace(/\/runs\/1$/, '')
    await call(`POST ${variation.slice(0, -2)}`, { body: {} })
    const resource = `organizations/${acme}${variation}`
    const made = await call('POST /api-keys', { body: { description: 'one', resource } })
    const as = { key: String(made.body['key']) }
    expect((await call(`POST ${variation}/runs`, as)).body).toMatchObject({ run: 2 })
    expect((await call(`GET ${variation}`, as)).status).toBe(200)
    for (const request of ['POST', 'GET']) {
      const refused = await call(`${request} ${variation.slice(0, -1)}2/runs`, as)
      expect(refused).toMatchObject({ status: 403, body: { code: 'outside_resource' } })
    }
  })

  test('M12, M14: is revoked by its id at once, and everything it made with it', async () => {
    const { call } = await startApp()
    const parent = await call('POST /api-keys', { body: { description: 'parent' } })
    const key = String(parent.body['key'])
    const child = await call('POST /api-keys', { key, body: { description: 'child' } })
    const childKey = String(child.body['key'])
    expect((await call('GET /experiments', { key: childKey })).status).toBe(200)
    const revoked = await call(`DELETE /api-keys/${parent.id}`)
    expect(revoked).toMatchObject({ status: 200, body: { revoked_at: expect.any(String) } })
    for (const dead of [key, childKey]) {
      expect(await call('GET /experiments', { key: dead })).toMatchObject({
        status: 401,
        body: { code: 'key_revoked' },
      })
    }
  })

  test('of somebody else is not there', async () => {
    const { call, addPerson } = await startApp()
    const made = await call('POST /api-keys', { body: { description: 'mine' } })
    const { key } = await addPerson('sam')
    const refused = await call(`DELETE /api-keys/${made.id}`, { key })
    expect(refused).toMatchObject({ status: 404, body: { code: 'key_not_found' } })
    expect((await call('GET /api-keys', { key })).text).not.toContain('mine')
  })

  test('is refused where it cannot be', async () => {
    const { call } = await startApp()
    const wrong = [
      [{}, 422, 'invalid_request'],
      [{ description: 'x', kind: 'worker' }, 422, 'invalid_request'],
      [{ description: 'x', scopes: ['fly:high'] }, 422, 'unknown_scope'],
      [{ description: 'x', scopes: [] }, 422, 'unknown_scope'],
      [{ description: 'x', scope: ['runs:read'] }, 422, 'invalid_request'],
      [{ description: 'x', resource: 'users/usr_1' }, 403, 'exceeds_parent'],
    ] as const
    for (const [body, status, code] of wrong) {
      const answer = await call('POST /api-keys', { body })
      expect.soft(answer, JSON.stringify(body)).toMatchObject({ status, body: { code } })
    }
  })
})
