// The page where a device's code is typed, and the same from a terminal.

import { describe, expect, it } from 'vitest'
import type { LoginServer } from './open-server.ts'
import { openLoginServer, signIn } from './open-server.ts'

const GRANT = 'urn:ietf:params:oauth:grant-type:device_code'

async function started({ post }: LoginServer, fields: Record<string, string> = {}) {
  const asked = { client_id: 'studio', device_name: 'ada@server', ...fields }
  const answer = await post('/oauth/device_authorization', asked)
  expect(answer.status).toBe(200)
  return answer.body as {
    device_code: string
    user_code: string
    verification_uri_complete: string
  }
}

function poll({ post }: LoginServer, device_code: string) {
  return post('/oauth/token', { grant_type: GRANT, client_id: 'studio', device_code })
}

async function atDevicePage(server: LoginServer, name: string, url = '/device') {
  const { reader } = await server.browser(name)
  await reader.open(url)
  await signIn(reader, name)
  return reader
}

describe('the page of a device login', () => {
  it('shows who asks for what, from where and how long ago, and lets the device in (row 53)', async () => {
    const server = await openLoginServer()
    const { device_code, user_code } = await started(server)
    server.clock.advance(125_000)
    const reader = await atDevicePage(server, 'ada')
    expect(reader.heading).toBe('Log a device in')
    await reader.send('/device', { user_code: user_code.toLowerCase() })
    expect(reader.heading).toBe('Let Studio CLI in?')
    for (const shown of [
      'Studio CLI',
      'ada@server',
      '192.0.2.7, not the network that you are on',
      '2 min ago',
      'write films',
      'ada',
    ]) {
      expect(reader.page.text).toContain(shown)
    }
    expect(reader.page.text).not.toContain('keys:write')
    await reader.send('/device/decision')
    expect(reader.heading).toBe('The device is in')
    const redeemed = await poll(server, device_code)
    expect(redeemed.status).toBe(200)
    expect(redeemed.body['scope']).not.toContain('keys:write')
  })

  it('lets a person refuse, and tells the device', async () => {
    const server = await openLoginServer()
    const { device_code, user_code } = await started(server)
    const reader = await atDevicePage(server, 'ada')
    await reader.send('/device', { user_code })
    await reader.send('/device/decision', { decision: 'deny' })
    expect(reader.heading).toBe('Refused')
    expect((await poll(server, device_code)).body['error']).toBe('access_denied')
  })

  it('has the code typed although the link carries it, and ends it after five others (rows 52, 53)', async () => {
    const server = await openLoginServer()
    const { device_code, user_code, verification_uri_complete } = await started(server)
    expect(verification_uri_complete).toBe(`${server.origin}/device?user_code=${user_code}`)
    const reader = await atDevicePage(server, 'ada', verification_uri_complete)
    expect(reader.page.text).not.toContain(`name="user_code" type="text" value`)
    for (let miss = 1; miss < 5; miss += 1) {
      await reader.send('/device', { user_code: 'BCDF-BCDF' })
      expect([miss, reader.page.status]).toEqual([miss, 422])
    }
    await reader.send('/device', { user_code: 'BCDF-BCDF' })
    expect(reader.page.status).toBe(409)
    expect((await poll(server, device_code)).body['error']).toBe('access_denied')
  })

  it('takes the code of the link when it is typed', async () => {
    const server = await openLoginServer()
    const { user_code, verification_uri_complete } = await started(server)
    const reader = await atDevicePage(server, 'ada', verification_uri_complete)
    await reader.send('/device', { user_code })
    expect(reader.heading).toBe('Let Studio CLI in?')
  })

  it('wants a sign-in of the last five minutes, each time (row 53)', async () => {
    const server = await openLoginServer()
    const { user_code } = await started(server)
    const reader = await atDevicePage(server, 'ada')
    await reader.send('/device', { user_code })
    server.clock.advance(300_001)
    await reader.send('/device/decision')
    expect(reader.location).toBe('/sign-in?return_to=%2Fdevice&again=yes')
    await signIn(reader, 'ada')
    expect(reader.heading).toBe('Log a device in')
    await reader.send('/device', { user_code })
    expect(reader.page.status).toBe(403)
  })

  it('403 for another session than the one that typed the code first (row 51)', async () => {
    const server = await openLoginServer()
    const { device_code, user_code } = await started(server)
    const ada = await atDevicePage(server, 'ada')
    await ada.send('/device', { user_code })
    const eve = await atDevicePage(server, 'eve')
    await eve.send('/device', { user_code })
    expect(eve.page.status).toBe(403)
    await eve.open('/device')
    await eve.send('/device', { user_code, decision: 'approve' }, '/device/decision')
    expect(eve.page.status).toBe(403)
    expect((await poll(server, device_code)).body['error']).toBe('authorization_pending')
  })

  it('429 for one network that guesses, and for everybody when many do (row 52)', async () => {
    const server = await openLoginServer()
    const { reader } = await server.browser('ada')
    await reader.open('/device')
    await signIn(reader, 'ada')
    const token = /name="form_token" value="([^"]*)"/.exec(reader.page.text)?.[1] ?? ''
    const guess = async (from: string) => {
      const headers = { cookie: reader.cookieHeader, origin: server.origin }
      const fields = { form_token: token, user_code: 'BCDF-GHJK' }
      return server.post('/device', fields, { from, headers })
    }
    const statuses: number[] = []
    for (let count = 0; count < 11; count += 1) statuses.push((await guess('192.0.2.1')).status)
    expect(statuses).toEqual([...Array<number>(10).fill(404), 429])
    const refused = await guess('192.0.2.1')
    expect(refused.headers['retry-after']).toBe('12')
    expect((await guess('192.0.2.2')).status).toBe(404)
    let admitted = 0
    for (let network = 0; network < 120; network += 1) {
      const { status } = await guess(`198.51.100.${network}`)
      if (status === 404) admitted += 1
    }
    expect(admitted).toBe(89)
  })

  it('429 also when one network sends all its guesses at the same time (row 52)', async () => {
    const server = await openLoginServer()
    const { reader } = await server.browser('ada')
    await reader.open('/device')
    await signIn(reader, 'ada')
    const token = /name="form_token" value="([^"]*)"/.exec(reader.page.text)?.[1] ?? ''
    const headers = { cookie: reader.cookieHeader, origin: server.origin }
    const { user_code } = await started(server)
    const send = (user: string) =>
      server.post('/device', { form_token: token, user_code: user }, { from: '192.0.2.1', headers })
    // A right code does not count.
    for (let count = 0; count < 12; count += 1) expect((await send(user_code)).status).toBe(200)
    const answers = await Promise.all(Array.from({ length: 50 }, () => send('BCDF-GHJK')))
    const statuses = answers.map(({ status }) => status)
    expect(statuses.filter((status) => status === 404)).toHaveLength(10)
    expect(statuses.filter((status) => status === 429)).toHaveLength(40)
  })
})

describe('approving from a terminal', () => {
  async function terminal(server: LoginServer) {
    const { person } = await server.browser('ada')
    const code = await server.codeFor(person)
    const { body } = await server.redeemOver(code)
    return { person, secret: body['access_token'] as string }
  }

  it('shows what waits, and approves it', async () => {
    const server = await openLoginServer()
    const { secret } = await terminal(server)
    const { device_code, user_code } = await started(server)
    const claimed = await server.ask('/v1/device/claim', secret, { user_code })
    expect([claimed.status, claimed.body]).toEqual([
      200,
      {
        client: { id: 'studio', name: 'Studio CLI' },
        device_name: 'ada@server',
        network: '192.0.2.7',
        scopes: expect.arrayContaining(['films:read']),
        created_at: '2026-11-21T05:00:00Z',
        expires_at: '2026-11-21T05:10:00Z',
        decision: null,
      },
    ])
    const approved = await server.ask('/v1/device/approve', secret, {
      user_code,
      decision: 'approve',
    })
    expect([approved.status, approved.body['decision']]).toEqual([200, 'approved'])
    expect((await poll(server, device_code)).status).toBe(200)
  })

  it('403 without having asked first, 404 for no code, 401 without a key (row 51)', async () => {
    const server = await openLoginServer()
    const { secret } = await terminal(server)
    const { user_code } = await started(server)
    const decision = 'approve'
    const approve = (as: string, code: string) =>
      server.ask('/v1/device/approve', as, { user_code: code, decision })
    expect((await approve(secret, user_code)).body['code']).toBe('user_code_claimed')
    expect((await approve(secret, 'BCDF-BCDF')).body['code']).toBe('user_code_not_found')
    expect((await approve('nonsense', user_code)).status).toBe(401)
  })

  it('429 when it guesses (row 52)', async () => {
    const server = await openLoginServer()
    const { secret } = await terminal(server)
    const codes = await Promise.all(
      Array.from({ length: 101 }, () =>
        server.ask('/v1/device/claim', secret, { user_code: 'BCDF-GHJK' }),
      ),
    )
    expect(codes.filter(({ status }) => status === 404)).toHaveLength(100)
    expect(codes.at(-1)?.body['code']).toBe('rate_limited')
  })

  it('a key that a device login gave approves no other device', async () => {
    const server = await openLoginServer()
    const { secret } = await terminal(server)
    const { device_code, user_code } = await started(server)
    await server.ask('/v1/device/claim', secret, { user_code })
    await server.ask('/v1/device/approve', secret, { user_code, decision: 'approve' })
    const child = (await poll(server, device_code)).body['access_token'] as string
    const other = await started(server)
    const answer = await server.ask('/v1/device/claim', child, { user_code: other.user_code })
    expect([answer.status, answer.body['code']]).toEqual([403, 'insufficient_scope'])
  })
})
