import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { TestClock } from '@keywright/core/testing'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { rememberSecret } from '../../tools/canary/registry.ts'
import { checkRequestIds } from '../../tools/run/check-request-ids.ts'
import type { StartedApp } from './testing/start-app.ts'
import { startApp } from './testing/start-app.ts'

const TOKEN = /^al_[0-9A-Za-z]{36}$/
const NODES = '/v1/projects/alice/nanochat/nodes'

let app: StartedApp

beforeEach(async () => {
  app = await startApp(new TestClock())
})

afterEach(() => app.close())

/** A provider key that nobody ever had. */
function providerKey(beginning: string): string {
  const key = `${beginning}${'4f0a9c'.repeat(6)}`
  rememberSecret(key)
  return key
}

describe('autolab: access tokens', () => {
  test('A3: a token acts as the person on every project they can reach', async () => {
    const vera = await app.join('Vera', 'viewer')
    const own = await app.call('POST /v1/projects', { key: vera.token, body: { name: 'tiny' } })
    expect(own.body).toMatchObject({ project: 'vera/tiny' })
    const reached = await app.call('GET /v1/projects', { key: vera.token })
    expect(reached.body['data']).toMatchObject([
      { project: 'vera/tiny' },
      { project: 'alice/nanochat' },
    ])
    const stranger = await app.join('Mallory')
    const hidden = await app.call('GET /v1/projects/alice/nanochat', { key: stranger.token })
    const absent = await app.call('GET /v1/projects/alice/nothing', { key: stranger.token })
    expect([hidden.status, absent.status]).toEqual([404, 404])
    expect(hidden.body['detail']).toBe(absent.body['detail'])
  })

  test('A3: what the person may no longer do, their token may no longer do', async () => {
    const rob = await app.join('Rob', 'researcher')
    const node = { key: rob.token, body: { name: 'gpu-box' } }
    expect((await app.call(`POST ${NODES}`, node)).status).toBe(201)
    const demoted = { body: { role: 'viewer' } }
    expect((await app.call('PUT /v1/projects/alice/nanochat/members/rob', demoted)).status).toBe(
      200,
    )
    expect((await app.call(`POST ${NODES}`, node)).status).toBe(403)
    expect((await app.call('DELETE /v1/projects/alice/nanochat/members/rob')).status).toBe(204)
    expect((await app.call(`GET ${NODES}`, { key: rob.token })).status).toBe(404)
  })

  test('A4: a new token is shown once and alone under its name', async () => {
    const made = await app.call('POST /v1/tokens', { body: { name: 'gpu-box' } })
    expect(made.status).toBe(201)
    expect(made.body['token']).toMatch(TOKEN)
    const listed = await app.call('GET /v1/tokens')
    expect(listed.body['data']).toMatchObject([{ name: 'gpu-box' }, { name: 'first' }])
    expect(listed.text).not.toContain(made.body['token'])
    const answer = await app.call('GET /v1/me', { key: String(made.body['token']) })
    expect(answer.body).toMatchObject({ holder: `users/${app.alice.person.id}` })
  })

  test('A4: a token is revoked by its name or the beginning of its id', async () => {
    const box = await app.call('POST /v1/tokens', { body: { name: 'gpu-box' } })
    expect((await app.call('DELETE /v1/tokens/gpu-box')).body['id']).toBe(box.id)
    const dead = await app.call('GET /v1/tokens', { key: String(box.body['token']) })
    expect([dead.status, dead.body['code']]).toEqual([401, 'key_revoked'])
    const other = await app.call('POST /v1/tokens', { body: { name: 'laptop' } })
    expect((await app.call(`DELETE /v1/tokens/${other.id.slice(0, 20)}`)).body['id']).toBe(other.id)
  })

  test('A4: a beginning that fits two tokens revokes neither', async () => {
    const ids: string[] = []
    // Of one moment, so their ids begin alike.
    for (const name of ['one', 'one', 'two']) {
      const resource = `users/${app.alice.person.id}`
      const minted = await app.authority.keys.mint('token', { resource, name })
      if (!minted.ok || minted.secret === null) throw new Error('no token')
      rememberSecret(minted.secret)
      ids.push(minted.key.id)
    }
    const named = await app.call('DELETE /v1/tokens/one')
    expect([named.status, named.body['code']]).toEqual([409, 'ambiguous_key'])
    const begun = await app.call(`DELETE /v1/tokens/${ids[0]?.slice(0, 12)}`)
    expect([begun.status, begun.body['code']]).toEqual([409, 'ambiguous_key'])
    const { data } = (await app.call('GET /v1/tokens')).body
    expect((data as unknown[]).length).toBe(4)
  })

  test('A4: nobody sees or ends the tokens of somebody else', async () => {
    const vera = await app.join('Vera', 'admin')
    const { body } = await app.call('GET /v1/tokens')
    const [first] = body['data'] as { id: string }[]
    const refused = await app.call(`DELETE /v1/tokens/${first?.id}`, { key: vera.token })
    expect([refused.status, refused.body['code']]).toEqual([404, 'key_not_found'])
    expect((await app.call('GET /v1/tokens')).status).toBe(200)
  })
})

describe('autolab: execution nodes', () => {
  test('A5: a researcher, an admin and the owner register a node, a viewer does not', async () => {
    const vera = await app.join('Vera', 'viewer')
    const members = [
      app.alice,
      await app.join('Ada', 'admin'),
      await app.join('Rob', 'researcher'),
      vera,
      await app.join('Mallory'),
    ]
    const statuses = []
    for (const { token, person } of members) {
      const body = { name: `${person.name}'s box` }
      statuses.push((await app.call(`POST ${NODES}`, { key: token, body })).status)
    }
    expect(statuses).toEqual([201, 201, 201, 403, 404])
    const viewer = { key: vera.token, body: { name: 'attic' } }
    expect((await app.call(`POST ${NODES}`, viewer)).body).toMatchObject({
      code: 'insufficient_scope',
      scope: 'nodes:write',
      detail:
        'The token must belong to a person with the role researcher, admin, or owner on alice/nanochat. Ask its owner for one.',
    })
    const listed = await app.call(`GET ${NODES}`)
    expect(listed.body['data']).toMatchObject([
      { registered_by: 'alice' },
      { registered_by: 'ada' },
      { registered_by: 'rob' },
    ])
  })

  test('A5: a role in one project is none in another', async () => {
    const rob = await app.join('Rob', 'researcher')
    expect((await app.call('POST /v1/projects', { body: { name: 'secret' } })).status).toBe(201)
    const other = '/v1/projects/alice/secret/nodes'
    const refused = await app.call(`POST ${other}`, { key: rob.token, body: { name: 'box' } })
    expect(refused.status).toBe(404)
  })
})

describe('autolab: the two kinds of secret', () => {
  test('A9: a provider key given as a token is named as such and refused', async () => {
    for (const [beginning, name] of [
      ['sk-ant-api03-', 'an Anthropic key'],
      ['sk-proj-', 'an OpenAI key'],
      ['xai-', 'an xAI key'],
    ] as const) {
      const key = providerKey(beginning)
      const refused = await app.call('GET /v1/tokens', { key })
      expect([refused.status, refused.body['code']]).toEqual([401, 'malformed_credential'])
      expect(refused.body['detail']).toContain(name)
      expect(refused.text).not.toContain(key)
    }
  })

  test('A9: a token given as a provider key is named as such, and nothing is stored', async () => {
    const body = { provider: 'openai', key: app.alice.token }
    const refused = await app.call('POST /v1/provider-keys', { body })
    expect([refused.status, refused.body['code']]).toEqual([422, 'invalid_request'])
    expect(refused.text).toContain('an AutoLab access token, not a provider key')
    expect(refused.text).not.toContain(app.alice.token)
  })

  test('A6: without a vault nothing is stored, and the answer says so', async () => {
    const key = providerKey('sk-ant-api03-')
    const body = { provider: 'anthropic', key, name: 'personal', limit_usd: 25 }
    const refused = await app.call('POST /v1/provider-keys', { body })
    expect([refused.status, refused.body['code']]).toEqual([501, 'not_offered'])
    expect((await app.call('GET /v1/provider-keys')).body).toEqual({ data: [] })
    const use = { body: { key: 'personal' } }
    const used = await app.call('PUT /v1/projects/alice/nanochat/provider-key', use)
    expect(used.body['code']).toBe('not_offered')
    for (const file of readdirSync(app.folder)) {
      expect(readFileSync(join(app.folder, file)).includes(key)).toBe(false)
    }
  })

  test('A7: every project thinks with the platform key', async () => {
    const managed = { body: { key: null } }
    const used = await app.call('PUT /v1/projects/alice/nanochat/provider-key', managed)
    expect([used.status, used.body]).toEqual([200, { key: null, model: null }])
  })
})

describe('autolab: what is sent', () => {
  test('answers malformed bodies as problems', async () => {
    const answers = [
      await app.call('POST /v1/tokens', { body: { name: '' } }),
      await app.call('POST /v1/tokens', { body: { name: 'x', colour: 'red' } }),
      await app.call('POST /v1/projects', { body: { name: 'Not A Name' } }),
      await app.call('PUT /v1/projects/alice/nanochat/members/nobody', { body: { role: 'owner' } }),
    ]
    expect(answers.map(({ status }) => status)).toEqual([422, 422, 422, 422])
    const nobody = { body: { role: 'viewer' } }
    const missing = await app.call('PUT /v1/projects/alice/nanochat/members/nobody', nobody)
    expect(missing.body['code']).toBe('person_not_found')
    expect((await app.call('POST /v1/projects', { body: { name: 'nanochat' } })).status).toBe(409)
  })
})

test('every request has an id unlike any other, in x-request-id and where it is refused', async () => {
  await checkRequestIds(app.url, ['/v1/me', '/v1/me', '/v1/tokens', '/v1/tokens', '/nothing'])
})
