// RFC 7636: Proof Key for Code Exchange by OAuth Public Clients.

import { VERIFIER, openLoginServer } from 'keywright/testing'
import { describe, expect, it } from 'vitest'

/** The example of appendix B. */
const EXAMPLE = {
  verifier: 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk',
  challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
}

async function codeWith(change: object = {}) {
  const server = await openLoginServer()
  const { person } = await server.browser('ada')
  return { server, code: await server.codeFor(person, change) }
}

describe('RFC 7636', () => {
  it('section 4.1: a verifier has 43 to 128 unreserved characters', async () => {
    const { server, code } = await codeWith()
    for (const code_verifier of ['a'.repeat(42), 'a'.repeat(129), `${'a'.repeat(42)}+`]) {
      const answer = await server.redeemOver(code, { code_verifier })
      expect([answer.status, answer.body['error']]).toEqual([400, 'invalid_grant'])
    }
  })

  it('section 4.3: a request without a challenge, or with the method plain, is refused', async () => {
    const { authorizeUrl, browser } = await openLoginServer()
    const { reader } = await browser('ada')
    for (const change of [
      { code_challenge: undefined },
      { code_challenge_method: undefined },
      { code_challenge_method: 'plain' },
    ]) {
      await reader.open(authorizeUrl(change))
      const { searchParams } = new URL(reader.location)
      // Section 4.4.1 names the error and wants it explained.
      expect(searchParams.get('error')).toBe('invalid_request')
      expect(searchParams.get('error_description')).toContain('code_challenge')
    }
  })

  it('section 4.5: the token request has code_verifier', async () => {
    const { server, code } = await codeWith()
    const answer = await server.redeemOver(code, { code_verifier: '' })
    expect([answer.status, answer.body['error']]).toEqual([400, 'invalid_request'])
  })

  it('section 4.6: the verifier of the challenge is accepted, any other is invalid_grant', async () => {
    const { server, code } = await codeWith({ codeChallenge: EXAMPLE.challenge })
    const other = await server.redeemOver(code, { code_verifier: VERIFIER })
    expect([other.status, other.body['error']]).toEqual([400, 'invalid_grant'])
    const plain = await server.redeemOver(code, { code_verifier: EXAMPLE.challenge })
    expect([plain.status, plain.body['error']]).toEqual([400, 'invalid_grant'])
    expect((await server.redeemOver(code, { code_verifier: EXAMPLE.verifier })).status).toBe(200)
  })
})
