// What the endpoints for programs refuse, and how: always in the form of RFC 6749.

import { oauthErrorSchema } from '@keywright/contract'
import { fc, property } from '@keywright/core/testing'
import { describe, expect, it } from 'vitest'
import type { Answered } from './open-server.ts'
import { openLoginServer } from './open-server.ts'

const ENDPOINTS = ['/oauth/token', '/oauth/revoke', '/oauth/device_authorization'] as const

function expectRefusal({ status, headers, body }: Answered, ...wanted: [number, string]): void {
  expect([status, body['error']]).toEqual(wanted)
  expect(headers['content-type']).toBe('application/json')
  expect(headers['cache-control']).toBe('no-store')
  expect(oauthErrorSchema.parse(body).error_description).toMatch(/^[ !#-[\]-~]+$/)
}

describe('the endpoints for programs', () => {
  it('have no refresh tokens, so there is none to redeem twice or without a secret (rows 43, 44)', async () => {
    const { post, codeFor, browser, redeemOver } = await openLoginServer()
    const { person } = await browser('ada')
    const redeemed = await redeemOver(await codeFor(person))
    expect(redeemed.body).not.toHaveProperty('refresh_token')
    const fields = { grant_type: 'refresh_token', client_id: 'studio', refresh_token: 'x' }
    const answers = await Promise.all(
      Array.from({ length: 50 }, () => post('/oauth/token', fields)),
    )
    for (const answer of answers) expectRefusal(answer, 400, 'unsupported_grant_type')
  })

  it('refuse a client that authenticates, because none here has a secret (row 44)', async () => {
    const { post } = await openLoginServer()
    const basic = { authorization: `Basic ${Buffer.from('studio:x').toString('base64')}` }
    for (const url of ENDPOINTS) {
      const answer = await post(url, { client_id: 'studio' }, { headers: basic })
      expectRefusal(answer, 401, 'invalid_client')
      expect(answer.headers['www-authenticate']).toBe('Basic realm="studio"')
      const secret = await post(url, { client_id: 'studio', client_secret: 'x' })
      expectRefusal(secret, 401, 'invalid_client')
    }
  })

  it('refuse what is no form, too large, twice there or not there', async () => {
    const { post } = await openLoginServer()
    for (const url of ENDPOINTS) {
      const json = { headers: { 'content-type': 'application/json' } }
      expectRefusal(await post(url, '{}', json), 415, 'invalid_request')
      expectRefusal(await post(url, `x=${'y'.repeat(70_000)}`), 413, 'invalid_request')
      expectRefusal(await post(url, 'client_id=studio&client_id=player'), 400, 'invalid_request')
    }
    expectRefusal(await post('/oauth/token', ''), 400, 'invalid_request')
    expectRefusal(await post('/oauth/revoke', ''), 401, 'invalid_client')
  })

  it('refuse a resource that they do not serve', async () => {
    const { post } = await openLoginServer()
    const fields = { client_id: 'studio', resource: 'https://other.example' }
    const grant_type = 'authorization_code'
    expectRefusal(await post('/oauth/token', { ...fields, grant_type }), 400, 'invalid_target')
    expectRefusal(await post('/oauth/device_authorization', fields), 400, 'invalid_target')
  })

  it('ignore parameters that they do not know, and those without a value', async () => {
    const { post } = await openLoginServer()
    const fields = { client_id: 'studio', scope: '', what: 'ever', resource: '' }
    expect((await post('/oauth/device_authorization', fields)).status).toBe(200)
  })

  it('429 for a network that asks too often, with Retry-After', async () => {
    const { post } = await openLoginServer()
    const url = '/oauth/device_authorization'
    const from = '192.0.2.1'
    const ask = () => post(url, { client_id: 'studio' }, { from })
    for (let count = 0; count < 20; count += 1) expect((await ask()).status).toBe(200)
    const refused = await ask()
    expectRefusal(refused, 429, 'temporarily_unavailable')
    expect(refused.headers['retry-after']).toBe('6')
    expect((await post(url, { client_id: 'studio' }, { from: '192.0.2.2' })).status).toBe(200)
    const polls = Array.from({ length: 101 }, () => post('/oauth/token', {}, { from }))
    expect((await Promise.all(polls)).at(-1)?.status).toBe(429)
  })

  it('have no business with browsers of other sites: there is no CORS', async () => {
    const { app } = await openLoginServer()
    const headers = { origin: 'https://evil.example', 'access-control-request-method': 'POST' }
    const answer = await app.inject({ method: 'OPTIONS', url: '/oauth/token', headers })
    expect(answer.headers).not.toHaveProperty('access-control-allow-origin')
  })

  it('503 when the database does not answer, and nothing else', async () => {
    const { post, authority } = await openLoginServer()
    await authority.close()
    const fields = { grant_type: 'authorization_code', client_id: 'studio', code: 'x' }
    const proof = { redirect_uri: 'x', code_verifier: 'x' }
    const answer = await post('/oauth/token', { ...fields, ...proof })
    expectRefusal(answer, 503, 'temporarily_unavailable')
    expect(answer.headers['retry-after']).toBe('1')
  })
})

describe('whatever is sent', () => {
  const values = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 40 }),
    fc.constantFrom('studio', 'authorization_code', "' OR 1=1 --", 'films:read', '__proto__'),
  )
  const names = fc.constantFrom(
    'grant_type',
    'client_id',
    'code',
    'redirect_uri',
    'code_verifier',
    'device_code',
    'token',
    'scope',
    'device_name',
    '__proto__',
  )
  const server = openLoginServer
  let opened: ReturnType<typeof server> | undefined
  property(
    [fc.constantFrom(...ENDPOINTS), fc.array(fc.tuple(names, values), { maxLength: 6 })],
    'the endpoints answer 200 or refuse in their form',
    async (url, fields) => {
      const { post } = await (opened ??= server())
      const answer = await post(url, new URLSearchParams(fields).toString(), { from: '127.0.0.1' })
      expect([200, 400, 401]).toContain(answer.status)
      if (answer.status !== 200) oauthErrorSchema.parse(answer.body)
    },
  )
})
