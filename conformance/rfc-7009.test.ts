// RFC 7009: OAuth 2.0 Token Revocation.

import { openLoginServer, verdict } from 'keywright/testing'
import { describe, expect, it } from 'vitest'

async function loggedIn() {
  const server = await openLoginServer()
  const { person } = await server.browser('ada')
  const { body } = await server.redeemOver(await server.codeFor(person))
  const token = body['access_token'] as string
  const revoke = (fields: Record<string, string>) =>
    server.post('/oauth/revoke', { client_id: 'studio', ...fields })
  return { server, token, revoke }
}

describe('RFC 7009', () => {
  it('section 2: is reached by POST only', async () => {
    const { app } = await openLoginServer()
    expect((await app.inject({ method: 'GET', url: '/oauth/revoke' })).statusCode).toBe(405)
  })

  it('section 2.1: ends the token at once, whatever the hint', async () => {
    for (const token_type_hint of ['access_token', 'refresh_token', 'unheard_of']) {
      const { server, token, revoke } = await loggedIn()
      const answer = await revoke({ token, token_type_hint })
      expect([answer.status, answer.text]).toEqual([200, ''])
      expect(await verdict(server, token)).toBe('key_revoked')
    }
  })

  it("section 2.1: another client's token is refused and stays (row 39)", async () => {
    const { server, token, revoke } = await loggedIn()
    const answer = await revoke({ token, client_id: 'player' })
    expect([answer.status, answer.body['error']]).toEqual([400, 'invalid_grant'])
    expect(await verdict(server, token)).toBe('allowed')
  })

  it('section 2.2: an unknown or ended token is answered 200 (row 39)', async () => {
    const { token, revoke } = await loggedIn()
    for (const text of [token, token, 'unknown']) {
      expect((await revoke({ token: text })).status).toBe(200)
    }
  })

  it('section 2.2.1: refusals have the form of RFC 6749', async () => {
    const { revoke } = await loggedIn()
    const missing = await revoke({})
    expect([missing.status, missing.body['error']]).toEqual([400, 'invalid_request'])
    const unknown = await revoke({ token: 'x', client_id: 'nobody' })
    expect([unknown.status, unknown.body['error']]).toEqual([401, 'invalid_client'])
  })
})
