// RFC 6750: The OAuth 2.0 Authorization Framework: Bearer Token Usage.

import { describe, expect, it } from 'vitest'
import { bearer, openSite } from './site/open-site.ts'

describe('RFC 6750', () => {
  it('section 2.1: takes the token of Authorization: Bearer, the scheme in any case', async () => {
    const { ask, mint } = await openSite()
    const { secret } = await mint('org', 'organizations/o1')
    for (const scheme of ['Bearer', 'bearer', 'BEARER']) {
      const answer = await ask('/v1/me', { headers: { authorization: `${scheme} ${secret}` } })
      expect(answer.status).toBe(200)
    }
  })

  it('section 2.1: takes a token of b64token characters only', async () => {
    const { ask } = await openSite()
    for (const token of ['', 'a b', 'a,b', 'ä', 'a=b', '"a"']) {
      const answer = await ask('/v1/me', { headers: { authorization: `Bearer ${token}` } })
      expect([answer.status, answer.json()['code']], token).toEqual([401, 'malformed_credential'])
    }
  })

  it('section 2: answers 400 to a request with more than one token', async () => {
    const { ask, mint } = await openSite()
    const one = await mint('org', 'organizations/o1')
    const two = await mint('org', 'organizations/o2')
    const authorization = [`Bearer ${one.secret}`, `Bearer ${two.secret}`]
    const answer = await ask('/v1/me', { headers: { authorization } })
    expect(answer.status).toBe(400)
    expect(answer.headers['www-authenticate']).toBe('Bearer realm="site", error="invalid_request"')
  })

  it('section 2.2: takes no token from a body', async () => {
    const { ask, mint } = await openSite()
    const { secret } = await mint('rs', 'organizations/o1')
    const headers = { 'content-type': 'application/x-www-form-urlencoded' }
    const body = `access_token=${secret}&token=${secret}`
    const answer = await ask('/oauth/introspect', { method: 'POST', headers, body })
    expect(answer.status).toBe(401)
    const both = await ask('/oauth/introspect', {
      method: 'POST',
      headers: { ...headers, ...bearer(secret) },
      body,
    })
    expect(both.status).toBe(422)
  })

  it('section 2.3: takes no token from the address, and does not repeat it', async () => {
    const { ask, mint } = await openSite()
    const { secret } = await mint('org', 'organizations/o1')
    for (const headers of [{}, bearer(secret)]) {
      const answer = await ask(`/v1/me?access_token=${secret}`, { headers })
      expect([answer.status, answer.json()['code']]).toEqual([400, 'credential_in_url'])
      expect(answer.text).not.toContain(secret)
    }
  })

  it('section 3: answers 401 with a challenge that names the realm', async () => {
    const { ask } = await openSite()
    const answer = await ask('/v1/me', { headers: bearer('nonsense') })
    expect(answer.status).toBe(401)
    expect(answer.headers['www-authenticate']).toBe('Bearer realm="site", error="invalid_token"')
  })

  it('section 3.1: gives no error code when no credential was sent, nor for another scheme', async () => {
    const { ask } = await openSite()
    for (const headers of [{}, { authorization: 'Basic eDp5' }]) {
      const answer = await ask('/v1/me', { headers })
      expect(answer.status).toBe(401)
      expect(answer.headers['www-authenticate']).toBe('Bearer realm="site"')
    }
  })

  it('section 3.1: answers 401 invalid_token to expired and revoked tokens', async () => {
    const { ask, mint, authority, clock } = await openSite()
    const expired = await mint('org', 'organizations/o1', 1)
    const revoked = await mint('org', 'organizations/o1')
    await authority.keys.revoke(revoked.id)
    clock.advance(1000)
    for (const { secret } of [expired, revoked]) {
      const answer = await ask('/v1/me', { headers: bearer(secret) })
      expect(answer.status).toBe(401)
      expect(answer.headers['www-authenticate']).toContain('error="invalid_token"')
    }
  })

  it('section 3.1: answers 403 insufficient_scope with the scope that would do', async () => {
    const { ask, mint } = await openSite()
    const { secret } = await mint('rs', 'organizations/o1')
    const answer = await ask('/v1/keys', { headers: bearer(secret) })
    expect(answer.status).toBe(403)
    const challenge = 'Bearer realm="site", error="insufficient_scope", scope="keys:read"'
    expect(answer.headers['www-authenticate']).toBe(challenge)
  })

  it('section 5.3: has no answer with a token in it cached', async () => {
    const { ask, mint } = await openSite()
    const { secret } = await mint('org', 'organizations/o1')
    const body = { kind: 'rs', resource: 'organizations/o1' }
    const answer = await ask('/v1/keys', { method: 'POST', headers: bearer(secret), body })
    expect([answer.status, answer.headers['cache-control']]).toEqual([201, 'no-store'])
  })
})
