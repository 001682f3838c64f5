// RFC 8628: OAuth 2.0 Device Authorization Grant.

import type { LoginServer } from 'keywright/testing'
import { openLoginServer, signIn } from 'keywright/testing'
import { describe, expect, it } from 'vitest'

const GRANT = 'urn:ietf:params:oauth:grant-type:device_code'

async function started(server: LoginServer) {
  const answer = await server.post('/oauth/device_authorization', { client_id: 'studio' })
  const { device_code: code, user_code: userCode } = answer.body as Record<string, string>
  const poll = async (change: Record<string, string> = {}) => {
    const fields = { grant_type: GRANT, client_id: 'studio', device_code: code ?? '', ...change }
    const polled = await server.post('/oauth/token', fields)
    return polled.status === 200 ? 'ok' : `${polled.status} ${String(polled.body['error'])}`
  }
  return { answer, userCode: userCode ?? '', poll }
}

async function decide(server: LoginServer, user_code: string, decision = 'approve') {
  const { reader } = await server.browser('ada')
  await reader.open('/device')
  await signIn(reader, 'ada')
  await reader.send('/device', { user_code })
  await reader.send('/device/decision', { decision })
}

describe('RFC 8628', () => {
  it('section 3.1: the request is a form with client_id; a client that is not known is refused', async () => {
    const { post } = await openLoginServer()
    const url = '/oauth/device_authorization'
    const unknown = await post(url, { client_id: 'nobody' })
    expect([unknown.status, unknown.body['error']]).toEqual([401, 'invalid_client'])
    const twice = await post(url, 'client_id=studio&scope=films:read&scope=films:write')
    expect([twice.status, twice.body['error']]).toEqual([400, 'invalid_request'])
    const json = await post(url, '{}', { headers: { 'content-type': 'application/json' } })
    expect([json.status, json.body['error']]).toEqual([415, 'invalid_request'])
  })

  it('section 3.2: the answer has both codes, both addresses, an end and an interval', async () => {
    const server = await openLoginServer()
    const { answer } = await started(server)
    expect(answer.headers['cache-control']).toBe('no-store')
    const { user_code } = answer.body
    expect(answer.body).toEqual({
      device_code: expect.stringMatching(/^device_code_[0-9A-Za-z]{36}$/),
      user_code: expect.stringMatching(/^[B-Z]{4}-[B-Z]{4}$/),
      verification_uri: `${server.origin}/device`,
      verification_uri_complete: `${server.origin}/device?user_code=${String(user_code)}`,
      expires_in: 600,
      interval: 5,
    })
  })

  it('section 3.3: the person sees who asks before they approve, and can refuse', async () => {
    const server = await openLoginServer()
    const { userCode, poll } = await started(server)
    await decide(server, userCode, 'deny')
    expect(await poll()).toBe('400 access_denied')
  })

  it('section 3.4: the token request has the grant type, the device code and the client', async () => {
    const server = await openLoginServer()
    const { userCode, poll } = await started(server)
    await decide(server, userCode)
    expect(await poll({ device_code: '' })).toBe('400 invalid_request')
    expect(await poll({ grant_type: 'device_code' })).toBe('400 unsupported_grant_type')
    expect(await poll({ client_id: 'player' })).toBe('400 invalid_grant')
    expect(await poll()).toBe('ok')
    expect(await poll()).toBe('400 invalid_grant')
  })

  it('section 3.5: pending, too early, expired', async () => {
    const server = await openLoginServer()
    const { poll } = await started(server)
    expect(await poll()).toBe('400 authorization_pending')
    expect(await poll()).toBe('400 slow_down')
    server.clock.advance(9_999)
    expect(await poll()).toBe('400 slow_down')
    server.clock.advance(15_000)
    expect(await poll()).toBe('400 authorization_pending')
    server.clock.advance(600_000)
    expect(await poll()).toBe('400 expired_token')
  })

  it('section 4: the metadata names the endpoint and the grant', async () => {
    const { get, origin } = await openLoginServer()
    const { body } = await get('/.well-known/oauth-authorization-server')
    expect(body['device_authorization_endpoint']).toBe(`${origin}/oauth/device_authorization`)
    expect(body['grant_types_supported']).toContain(GRANT)
  })

  it('section 5.1: a network that guesses user codes is stopped', async () => {
    const server = await openLoginServer()
    const { person } = await server.browser('ada')
    const { body } = await server.redeemOver(await server.codeFor(person))
    const as = body['access_token'] as string
    const guesses = Array.from({ length: 101 }, () =>
      server.ask('/v1/device/claim', as, { user_code: 'BCDF-GHJK' }),
    )
    expect((await Promise.all(guesses)).at(-1)?.status).toBe(429)
  })

  it('section 5.4: a link with the code in it does not spare the typing', async () => {
    const server = await openLoginServer()
    const { answer } = await started(server)
    const { reader } = await server.browser('ada')
    await reader.open(String(answer.body['verification_uri_complete']))
    await signIn(reader, 'ada')
    expect(reader.heading).toBe('Log a device in')
    await reader.send('/device', { user_code: '' })
    expect(reader.heading).toBe('Log a device in')
  })

  it('section 6.1: a code is typed in any case and with any punctuation', async () => {
    const server = await openLoginServer()
    const { userCode, poll } = await started(server)
    await decide(server, ` ${userCode.toLowerCase().replace('-', ' . ')}`)
    expect(await poll()).toBe('ok')
  })
})
