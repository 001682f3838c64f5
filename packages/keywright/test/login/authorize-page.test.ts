// The page that asks whether a program may come in.

import { describe, expect, it } from 'vitest'
import { codeOf } from '../world/open-world.ts'
import type { LoginServer } from './open-server.ts'
import { answerIn, openLoginServer, signIn } from './open-server.ts'
import { REDIRECT } from './studio.ts'

async function asked({ browser, authorizeUrl }: LoginServer, name = 'ada', change = {}) {
  const { person, reader } = await browser(name)
  await reader.open(authorizeUrl(change))
  await signIn(reader, name)
  return { person, reader }
}

describe('GET /oauth/authorize', () => {
  it('sends to sign in and back, and shows who asks for what', async () => {
    const server = await openLoginServer()
    const { reader } = await asked(server, 'ada', { scope: 'films:read keys:write' })
    expect(reader.page.status).toBe(200)
    expect(reader.heading).toBe('Let Studio CLI in?')
    for (const shown of ['Studio CLI', 'ada@laptop', 'read films', 'make and revoke keys', 'ada']) {
      expect(reader.page.text).toContain(shown)
    }
    expect(reader.page.text).not.toContain('films:write')
    const policy = String(reader.page.headers['content-security-policy'])
    expect(policy).toContain("form-action 'self' http://127.0.0.1:49152")
  })

  it('shows what a program calls its machine as text', async () => {
    const server = await openLoginServer()
    const { reader } = await asked(server, 'ada', { device_name: '<b>root@host</b>' })
    expect(reader.page.text).toContain('&lt;b&gt;root@host&lt;/b&gt;')
  })

  it.each([
    ['another path', `${REDIRECT}/more`],
    ['a suffix', 'http://127.0.0.1:49152/callback.evil.example'],
    ['userinfo', 'http://ada@127.0.0.1:49152/callback'],
    ['a fragment', `${REDIRECT}#x`],
    ['javascript:', 'javascript:alert(1)'],
    ['data:', 'data:text/html,x'],
    ['localhost', 'http://localhost:49152/callback'],
    ['another host', 'https://evil.example/callback'],
    ['none', undefined],
  ])(
    '400 as a page, without a redirect, for a redirect_uri with %s (rows 45, 46)',
    async (_, uri) => {
      const { browser, authorizeUrl } = await openLoginServer()
      const { reader } = await browser('ada')
      await reader.open(authorizeUrl({ redirect_uri: uri }))
      expect([reader.page.status, reader.location]).toEqual([400, ''])
      expect(reader.heading).toBe('This login cannot go on')
    },
  )

  it('400 as a page for a client that is not known, and for a parameter that came twice', async () => {
    const { browser, authorizeUrl } = await openLoginServer()
    const { reader } = await browser('ada')
    for (const url of [
      authorizeUrl({ client_id: 'nobody' }),
      authorizeUrl({ client_id: undefined }),
      `${authorizeUrl()}&redirect_uri=https%3A%2F%2Fevil.example`,
      `${authorizeUrl()}&state=2`,
    ]) {
      await reader.open(url)
      expect([reader.page.status, reader.location]).toEqual([400, ''])
    }
  })

  it.each([
    ['unsupported_response_type', { response_type: 'token' }],
    ['invalid_request', { code_challenge: undefined }],
    ['invalid_request', { code_challenge_method: 'plain' }],
    ['invalid_scope', { scope: 'films:burn' }],
    ['invalid_target', { resource: 'https://other.example' }],
  ])('tells the program of %s, with state and iss, and asks nobody', async (error, change) => {
    const { browser, authorizeUrl, origin } = await openLoginServer()
    const { reader } = await browser('ada')
    await reader.open(authorizeUrl(change))
    expect(reader.page.status).toBe(303)
    expect(reader.location.startsWith(`${REDIRECT}?`)).toBe(true)
    expect(Object.fromEntries(answerIn(reader))).toMatchObject({
      error,
      state: 'st4te',
      iss: origin,
    })
  })
})

describe('POST /oauth/authorize', () => {
  it('brings a code to the program, with state and iss, that is worth one key', async () => {
    const server = await openLoginServer()
    const { reader } = await asked(server)
    await reader.send('/oauth/authorize')
    const answer = answerIn(reader)
    expect([answer.get('state'), answer.get('iss')]).toEqual(['st4te', server.origin])
    const code = answer.get('code') as string
    const redeemed = await server.redeemOver(code)
    expect(redeemed.status).toBe(200)
    expect(redeemed.headers).toMatchObject({ 'cache-control': 'no-store', pragma: 'no-cache' })
    expect(redeemed.body).toMatchObject({ token_type: 'Bearer', scope: '*', expires_in: 7_776_000 })
    const again = await server.redeemOver(code)
    expect([again.status, again.body['error']]).toEqual([400, 'invalid_grant'])
    expect(server.lines.join()).not.toContain(code.slice(0, 20))
  })

  it('tells the program that it was refused', async () => {
    const server = await openLoginServer()
    const { reader } = await asked(server)
    await reader.send('/oauth/authorize', { decision: 'deny' })
    expect(Object.fromEntries(answerIn(reader))).toEqual({
      error: 'access_denied',
      state: 'st4te',
      iss: server.origin,
    })
  })

  it('goes to sign in again when the session ended meanwhile, and comes back to the question', async () => {
    const server = await openLoginServer()
    const { reader } = await asked(server)
    server.endSessions()
    await reader.send('/oauth/authorize')
    expect(reader.location).toContain('/sign-in?return_to=%2Foauth%2Fauthorize%3F')
    await signIn(reader, 'ada')
    expect(reader.heading).toBe('Let Studio CLI in?')
    await reader.send('/oauth/authorize')
    expect(answerIn(reader).get('state')).toBe('st4te')
  })

  it('looks again at what comes back: 400 for another redirect_uri', async () => {
    const server = await openLoginServer()
    const { reader } = await asked(server)
    await reader.send('/oauth/authorize', { redirect_uri: 'http://localhost:1/callback' })
    expect([reader.page.status, reader.location]).toEqual([400, ''])
  })

  it('asks anew when somebody else is signed in by now', async () => {
    const server = await openLoginServer()
    const { reader, person } = await asked(server)
    await server.browser('eve')
    const question = reader.page.text
    await reader.open(`/sign-in?again=yes&return_to=${encodeURIComponent('/sign-up')}`)
    await reader.send('/sign-in', { email: 'eve', password: 'any' })
    await reader.open(server.authorizeUrl())
    expect(reader.page.text).not.toBe(question)
    await reader.send('/oauth/authorize', { account: person.id })
    expect([reader.page.status, reader.location]).toEqual([200, ''])
    expect(reader.page.text).toContain('eve')
  })

  it('is not sent by another site', async () => {
    const server = await openLoginServer()
    const { app, authorizeUrl } = server
    const [, query = ''] = authorizeUrl().split('?')
    const headers = {
      'content-type': 'application/x-www-form-urlencoded',
      origin: 'https://evil.example',
      cookie: 'sid=ses_1',
    }
    const payload = `${query}&decision=approve`
    const answer = await app.inject({ method: 'POST', url: '/oauth/authorize', headers, payload })
    expect(answer.statusCode).toBe(403)
  })

  it('tells a person who may not why', async () => {
    const server = await openLoginServer()
    const { reader, person } = await asked(server)
    expect(await codeOf(server.authority.resources.disable(`users/${person.id}`))).toBe('ok')
    await reader.send('/oauth/authorize')
    expect([reader.page.status, reader.location]).toEqual([403, ''])
    expect(reader.page.text).toContain('disabled')
  })
})
