// RFC 8414: OAuth 2.0 Authorization Server Metadata.

import { openLoginServer } from 'keywright/testing'
import { describe, expect, it } from 'vitest'

const URL_OF_METADATA = '/.well-known/oauth-authorization-server'

describe('RFC 8414', () => {
  it('section 2: names the endpoints, what they take and how clients authenticate', async () => {
    const { get, origin } = await openLoginServer()
    const { body } = await get(URL_OF_METADATA)
    expect(body).toEqual({
      issuer: origin,
      authorization_endpoint: `${origin}/oauth/authorize`,
      token_endpoint: `${origin}/oauth/token`,
      device_authorization_endpoint: `${origin}/oauth/device_authorization`,
      revocation_endpoint: `${origin}/oauth/revoke`,
      introspection_endpoint: `${origin}/oauth/introspect`,
      scopes_supported: expect.arrayContaining(['films:read', 'keys:read']),
      response_types_supported: ['code'],
      response_modes_supported: ['query'],
      grant_types_supported: ['authorization_code', 'urn:ietf:params:oauth:grant-type:device_code'],
      code_challenge_methods_supported: ['S256'],
      token_endpoint_auth_methods_supported: ['none'],
      revocation_endpoint_auth_methods_supported: ['none'],
      introspection_endpoint_auth_methods_supported: ['client_secret_basic'],
      authorization_response_iss_parameter_supported: true,
    })
  })

  it('section 2: each endpoint that it names is there', async () => {
    const { app, get } = await openLoginServer()
    const { body } = await get(URL_OF_METADATA)
    for (const [name, address] of Object.entries(body)) {
      if (!name.endsWith('_endpoint')) continue
      const method = name === 'authorization_endpoint' ? 'GET' : 'POST'
      const { pathname: url } = new URL(String(address))
      const { statusCode } = await app.inject({ method, url })
      expect([name, [404, 405].includes(statusCode)]).toEqual([name, false])
    }
  })

  it('section 3.1: is found by GET below the issuer', async () => {
    const { app } = await openLoginServer()
    const answer = await app.inject({ method: 'POST', url: URL_OF_METADATA })
    expect([answer.statusCode, answer.headers['allow']]).toEqual([405, 'GET, HEAD'])
  })

  it('section 3.2: is a JSON object; what has no value is left out', async () => {
    const { get } = await openLoginServer()
    const { headers, body } = await get(URL_OF_METADATA)
    expect(headers['content-type']).toContain('application/json')
    for (const value of Object.values(body)) expect(value).not.toEqual([])
  })

  it('section 3.3: the issuer is the address that it was asked at', async () => {
    const { get } = await openLoginServer('https://keys.example')
    expect((await get(URL_OF_METADATA)).body['issuer']).toBe('https://keys.example')
  })
})
