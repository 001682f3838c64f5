// RFC 8252: OAuth 2.0 for Native Apps.

import { openLoginServer, signIn } from 'keywright/testing'
import { describe, expect, it } from 'vitest'

describe('RFC 8252', () => {
  it('section 6: public clients without PKCE are refused', async () => {
    const { authorizeUrl, browser } = await openLoginServer()
    const { reader } = await browser('ada')
    await reader.open(authorizeUrl({ code_challenge: undefined }))
    expect(new URL(reader.location).searchParams.get('error')).toBe('invalid_request')
  })

  it('section 7.3: any port of the loopback address is a redirect URI', async () => {
    const { authorizeUrl, browser } = await openLoginServer()
    const { reader } = await browser('ada')
    await reader.open(authorizeUrl())
    await signIn(reader, 'ada')
    for (const host of ['127.0.0.1:1', '127.0.0.1:65535', '[::1]:49152']) {
      await reader.open(authorizeUrl({ redirect_uri: `http://${host}/callback` }))
      expect([host, reader.page.status]).toEqual([host, 200])
    }
  })

  it('section 8.3: localhost is no redirect URI', async () => {
    const { authorizeUrl, browser } = await openLoginServer()
    const { reader } = await browser('ada')
    await reader.open(authorizeUrl({ redirect_uri: 'http://localhost:49152/callback' }))
    expect([reader.page.status, reader.location]).toEqual([400, ''])
  })

  it('section 8.4: redirect URIs are compared whole, but for the port', async () => {
    const { authorizeUrl, browser } = await openLoginServer()
    const { reader } = await browser('ada')
    for (const rest of ['', '/', '/callback/', '/callback?a=b', '/other']) {
      await reader.open(authorizeUrl({ redirect_uri: `http://127.0.0.1:49152${rest}` }))
      expect([rest, reader.page.status]).toEqual([rest, 400])
    }
  })

  it('section 8.6: a program that somebody could pass for is never let in without asking', async () => {
    const { authorizeUrl, browser } = await openLoginServer()
    const { reader } = await browser('ada')
    await reader.open(authorizeUrl())
    await signIn(reader, 'ada')
    await reader.send('/oauth/authorize')
    await reader.open(authorizeUrl())
    expect([reader.page.status, reader.heading]).toEqual([200, 'Let Studio CLI in?'])
  })

  it('section 8.8: no endpoint asks for a password of the user', async () => {
    const { post } = await openLoginServer()
    const fields = { grant_type: 'password', client_id: 'studio', username: 'ada', password: 'x' }
    const answer = await post('/oauth/token', fields)
    expect([answer.status, answer.body['error']]).toEqual([400, 'unsupported_grant_type'])
  })
})
