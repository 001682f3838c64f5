// RFC 9207: OAuth 2.0 Authorization Server Issuer Identification.

import { answerIn, openLoginServer, signIn } from 'keywright/testing'
import { describe, expect, it } from 'vitest'

describe('RFC 9207', () => {
  it('section 2: every answer has iss, the issuer of the metadata: codes and errors', async () => {
    const { authorizeUrl, browser, get } = await openLoginServer()
    const { body } = await get('/.well-known/oauth-authorization-server')
    const { reader } = await browser('ada')
    await reader.open(authorizeUrl())
    await signIn(reader, 'ada')
    await reader.send('/oauth/authorize')
    expect(answerIn(reader).get('iss')).toBe(body['issuer'])
    await reader.open(authorizeUrl({ scope: 'no:such' }))
    expect(answerIn(reader).get('iss')).toBe(body['issuer'])
    await reader.open(authorizeUrl())
    await reader.send('/oauth/authorize', { decision: 'deny' })
    expect(answerIn(reader).get('iss')).toBe(body['issuer'])
  })

  it('section 2: the issuer is a URL without query and fragment', async () => {
    const { get } = await openLoginServer()
    const { body } = await get('/.well-known/oauth-authorization-server')
    const { search, hash } = new URL(String(body['issuer']))
    expect([search, hash]).toEqual(['', ''])
  })

  it('section 2.3: the metadata promises it', async () => {
    const { get } = await openLoginServer()
    const { body } = await get('/.well-known/oauth-authorization-server')
    expect(body['authorization_response_iss_parameter_supported']).toBe(true)
  })
})
