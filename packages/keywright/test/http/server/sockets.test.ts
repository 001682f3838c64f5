// What only a real socket shows: requests that are none, proxies, pipelines, draining, bodies that come in pieces.

import { connect } from 'node:net'
import type { AddressInfo, Socket } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import type { Site } from '../open-site.ts'
import { openSite } from '../open-site.ts'

const sockets: Socket[] = []
afterEach(() => {
  for (const socket of sockets.splice(0)) socket.destroy()
})

async function listening(): Promise<{ site: Site; port: number; url: string }> {
  const site = await openSite()
  const url = await site.app.listen({ port: 0, host: '127.0.0.1' })
  const { port } = site.app.server.address() as AddressInfo
  return { site, port, url }
}

/** Sends text as it is and reads until the server closes or `isEnough`. */
function speak(
  port: number,
  parts: readonly string[],
  isEnough = (_text: string) => false,
): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<string>()
  const socket = connect(port, '127.0.0.1')
  sockets.push(socket)
  let text = ''
  socket.setNoDelay(true)
  socket.on('data', (chunk) => {
    text += chunk.toString('latin1')
    if (isEnough(text)) resolve(text)
  })
  socket.on('close', () => resolve(text))
  socket.on('error', reject)
  const send = async (): Promise<void> => {
    for (const part of parts) {
      await new Promise<void>((sent) => socket.write(part, 'latin1', () => sent()))
      await new Promise<void>((turn) => setImmediate(turn))
    }
  }
  send().catch(reject)
  return promise
}

function count(text: string, part: string): number {
  return text.split(part).length - 1
}

/** Sends the head of a request, does something once its caller was found good, and then sends the body. */
async function holdBody(
  { site, port }: { site: Site; port: number },
  { url, as, body }: { url: string; as: string; body: string },
  meanwhile: () => Promise<unknown>,
): Promise<string> {
  const allowed = (): number => site.authority.counts().decisions.get('allowed') ?? 0
  const before = allowed()
  const socket = connect(port, '127.0.0.1')
  sockets.push(socket)
  const answer = Promise.withResolvers<string>()
  let text = ''
  socket.on('data', (chunk) => (text += chunk.toString('latin1')))
  socket.on('close', () => answer.resolve(text))
  socket.on('error', answer.reject)
  const head = [`POST ${url} HTTP/1.1`, 'Host: x', `Authorization: Bearer ${as}`]
  const type = ['Content-Type: application/json', `Content-Length: ${body.length}`]
  socket.write(`${[...head, ...type, 'Connection: close'].join('\r\n')}\r\n\r\n`)
  while (allowed() === before) await new Promise<void>((turn) => setImmediate(turn))
  await meanwhile()
  socket.write(body)
  return answer.promise
}

describe('a caller whose body comes slowly', () => {
  it('changes nothing with a secret that was replaced meanwhile', async () => {
    const { site, port } = await listening()
    const { id, secret: as } = site.org
    const body = JSON.stringify({ kind: 'verifier', resource: site.org.key.resource })
    const text = await holdBody({ site, port }, { url: '/v1/keys', as, body }, () =>
      site.authority.keys.rotate(id),
    )
    expect(text).toContain('HTTP/1.1 401 ')
    expect(text).toContain('"code":"key_rotated"')
  })

  it.each(['/v1/verify', '/v1/verify/batch'])('is told nothing by %s when revoked', async (url) => {
    const { site, port } = await listening()
    const { id, secret: as } = site.verifier
    const asked = { credential: site.org.secret }
    const body = JSON.stringify(url.endsWith('batch') ? { requests: [asked] } : asked)
    const text = await holdBody({ site, port }, { url, as, body }, () =>
      site.authority.keys.revoke(id),
    )
    expect(text).toContain('HTTP/1.1 401 ')
    expect(text).toContain('"code":"key_revoked"')
  })
})

describe('a standalone server', () => {
  it('answers what is no HTTP with a problem, and closes', async () => {
    const { port } = await listening()
    const text = await speak(port, ['nonsense\r\n\r\n'])
    expect(text).toContain('HTTP/1.1 400 Bad Request\r\n')
    expect(text).toContain('application/problem+json')
    expect(text).toContain('"code":"malformed_request"')
  })

  it('answers 431 for a head that is too large', async () => {
    const { port } = await listening()
    const text = await speak(port, [
      `GET / HTTP/1.1\r\nhost: x\r\nx: ${'a'.repeat(20_000)}\r\n\r\n`,
    ])
    expect(text).toContain('HTTP/1.1 431 ')
    expect(text).toContain('"code":"headers_too_large"')
  })

  it('answers pipelined requests at both busy doors, and bodies that come in pieces', async () => {
    const { site, port } = await listening()
    const body = JSON.stringify({ credential: site.org.secret })
    const head = `POST /v1/verify HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${site.verifier.secret}\r\ncontent-type: application/json\r\n`
    const whole = `${head}content-length: ${body.length}\r\n\r\n${body}`
    const chunked = `${head}transfer-encoding: chunked\r\n\r\n`
    const halves = [body.slice(0, 20), body.slice(20)]
    const chunks = halves.map((half) => `${half.length.toString(16)}\r\n${half}\r\n`)
    const ask = `GET /v1/forward-auth HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${site.org.secret}\r\n\r\n`
    const parts = [
      whole + whole + ask,
      whole.slice(0, -30),
      whole.slice(-30),
      chunked,
      ...chunks,
      '0\r\n\r\n',
      ask,
    ]
    const text = await speak(port, parts, (said) => count(said, 'HTTP/1.1 200 OK') === 6)
    expect(count(text, 'HTTP/1.1 200 OK')).toBe(6)
    expect(count(text, '"allowed":true')).toBe(4)
  })

  it('answers a body that is announced or found too large with 413, and does not wait for it', async () => {
    const { site, port } = await listening()
    const head = `POST /v1/verify HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${site.verifier.secret}\r\ncontent-type: application/json\r\n`
    const announced = await speak(port, [`${head}content-length: 1000000000\r\n\r\n{`])
    expect(announced).toContain('HTTP/1.1 413 ')
    const piece = `8000\r\n${'x'.repeat(0x8000)}\r\n`
    const found = await speak(port, [
      `${head}transfer-encoding: chunked\r\n\r\n`,
      piece,
      piece,
      piece,
    ])
    expect(found).toContain('HTTP/1.1 413 ')
  })

  it('makes request ids itself and believes no forwarded header of a stranger (row 17)', async () => {
    const { site, url } = await listening()
    const headers = {
      authorization: `Bearer ${site.org.secret}`,
      'x-request-id': 'mine',
      'request-id': 'mine',
      'x-forwarded-for': '203.0.113.1',
      'x-forwarded-host': 'evil.example',
      forwarded: 'host=evil.example;proto=https',
    }
    const answer = await fetch(`${url}/v1/me`, { headers })
    expect(answer.headers.get('x-request-id')).toMatch(/^req_/)
    const said = JSON.stringify([...answer.headers]) + (await answer.text()) + site.lines.join('')
    expect(said).not.toMatch(/mine|evil|203\.0\.113/)
  })

  it('finishes what is under way when it is closed', async () => {
    const { site, url, port } = await listening()
    const body = JSON.stringify({ credential: site.org.secret })
    const head = `POST /v1/verify HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${site.verifier.secret}\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n`
    await fetch(`${url}/healthz`)
    const socket = connect(port, '127.0.0.1')
    sockets.push(socket)
    let text = ''
    socket.on('data', (chunk) => (text += chunk.toString()))
    const arrived = new Promise<void>((resolve) => site.app.server.once('request', () => resolve()))
    socket.write(head)
    await arrived
    const closed = site.app.close()
    const ended = new Promise<void>((resolve) => socket.on('close', () => resolve()))
    socket.write(body)
    await Promise.all([closed, ended])
    expect(text).toContain('HTTP/1.1 200 OK')
    expect(text.toLowerCase()).toContain('connection: close')
  })

  it('answers HEAD where GET is answered, and 404 and 405 elsewhere', async () => {
    const { site, url } = await listening()
    const headers = { authorization: `Bearer ${site.org.secret}` }
    for (const path of ['/v1/keys', '/v1/me', '/healthz', '/v1/forward-auth', '/openapi.json']) {
      const answer = await fetch(url + path, { method: 'HEAD', headers })
      expect([answer.status, await answer.text()], path).toEqual([200, ''])
    }
    expect((await fetch(`${url}/v1/verify`, { headers })).status).toBe(405)
    expect((await fetch(`${url}/v1/forward-authority`, { headers })).status).toBe(404)
    expect((await fetch(`${url}/v1/verify/`, { method: 'POST', headers })).status).toBe(404)
  })
})
