import type { LookupAddress } from 'node:dns'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { KeyHost } from '../../testing/key-host.ts'
import { always, startKeyHost } from '../../testing/key-host.ts'
import type { GuardedGetDeps } from './guarded-get.ts'
import { DOCUMENT_BYTES_MAX, guardedGet } from './guarded-get.ts'

const OWN = { mayBeLoopback: true }
const FOREIGN = { mayBeLoopback: false }
let host: KeyHost

beforeEach(async () => {
  host = await startKeyHost()
})
afterEach(() => host.close())

function pointingTo(...addresses: readonly string[]): GuardedGetDeps {
  return { lookup: async () => addresses.map(addressOf) }
}

function addressOf(address: string): LookupAddress {
  return { address, family: address.includes(':') ? 6 : 4 }
}

describe('a document of an issuer', () => {
  it('is fetched over a socket of its own', async () => {
    host.answer = always(200, '{"a":1}')
    const get = guardedGet()
    for (let round = 0; round < 3; round += 1) {
      expect(await get(`${host.issuer}/x?y=1`, OWN)).toEqual({ ok: true, json: { a: 1 } })
    }
    expect(host.asked).toEqual(['/x?y=1', '/x?y=1', '/x?y=1'])
    expect(host.sockets).toBe(3)
  })

  it('may be at localhost by name', async () => {
    host.answer = always(200, '[]')
    const get = guardedGet(pointingTo('127.0.0.1'))
    expect(await get(`http://localhost:${host.port}/`, OWN)).toEqual({ ok: true, json: [] })
  })

  it('may be as long as the limit', async () => {
    host.answer = always(200, `"${'x'.repeat(DOCUMENT_BYTES_MAX - 2)}"`)
    expect(await guardedGet()(host.issuer, OWN)).toMatchObject({ ok: true })
  })
})

describe('row 34: a host that answers badly', () => {
  it.each([
    ['500', always(500, '{}'), 'bad_status'],
    ['404', always(404, '{}'), 'bad_status'],
    ['204', always(204, ''), 'bad_status'],
    ['HTML', always(200, '<!doctype html><title>Login</title>'), 'not_json'],
    ['nothing', always(200, ''), 'not_json'],
    ['something packed', always(200, '\u001f\u008b', { 'content-encoding': 'gzip' }), 'not_json'],
    ['one byte too many', always(200, `"${'x'.repeat(DOCUMENT_BYTES_MAX - 1)}"`), 'too_large'],
    ['10 MB announced', always(200, 'x', { 'content-length': '10000000' }), 'too_large'],
  ])('with %s fails with a word for it', async (_what, answer, failure) => {
    host.answer = answer
    expect(await guardedGet()(host.issuer, OWN)).toEqual({ ok: false, failure })
  })

  it('with 10 MB not announced is cut off long before its end', async () => {
    let sent = 0
    const closed = new Promise<void>((resolve) => {
      host.answer = (_request, response) => {
        response.on('close', resolve)
        const write = (): void => {
          while (sent < 10_000_000 && !response.destroyed) {
            sent += 16_384
            if (!response.write('x'.repeat(16_384))) {
              response.once('drain', write)
              return
            }
          }
          response.end()
        }
        write()
      }
    })
    expect(await guardedGet()(host.issuer, OWN)).toEqual({ ok: false, failure: 'too_large' })
    await closed
    expect(sent).toBeLessThan(10_000_000)
  })

  it('with a body that never ends is left when the time is over', async () => {
    const time = new AbortController()
    host.answer = (_request, response) => {
      response.write('{"keys":', () => time.abort())
    }
    const get = guardedGet({ deadline: () => time.signal })
    expect(await get(host.issuer, OWN)).toEqual({ ok: false, failure: 'timeout' })
  })

  it('with silence is left when the time is over, which is 5 s', async () => {
    const time = new AbortController()
    const asked: number[] = []
    host.answer = () => time.abort()
    const deadline = (ms: number): AbortSignal => {
      asked.push(ms)
      return time.signal
    }
    expect(await guardedGet({ deadline })(host.issuer, OWN)).toEqual({
      ok: false,
      failure: 'timeout',
    })
    expect(asked).toEqual([5000])
  })

  it('is left when its name takes for ever to look up', async () => {
    const time = new AbortController()
    const lookup = (): Promise<LookupAddress[]> => {
      time.abort()
      return new Promise(() => undefined)
    }
    const get = guardedGet({ lookup, deadline: () => time.signal })
    expect(await get('https://auth.acme.com', FOREIGN)).toEqual({ ok: false, failure: 'timeout' })
  })

  it('with another protocol, a cut body or a closed port is unreachable', async () => {
    const unreachable = { ok: false, failure: 'unreachable' }
    host.answer = (_request, response) => {
      response.writeHead(101, { connection: 'upgrade', upgrade: 'websocket' }).end()
    }
    expect(await guardedGet()(host.issuer, OWN)).toEqual(unreachable)
    host.answer = (_request, response) => {
      response.writeHead(200, { 'content-length': '100' })
      response.write('{', () => response.destroy())
    }
    expect(await guardedGet()(host.issuer, OWN)).toEqual(unreachable)
    await host.close()
    expect(await guardedGet()(host.issuer, OWN)).toEqual(unreachable)
    const nameless = guardedGet({ lookup: () => Promise.reject(new Error('no such name')) })
    expect(await nameless('https://auth.acme.com', FOREIGN)).toEqual(unreachable)
    expect(await guardedGet(pointingTo())('https://auth.acme.com', FOREIGN)).toEqual(unreachable)
  })
})

describe('row 35: a name that points to an inner address', () => {
  it.each([
    '127.0.0.1',
    '::1',
    '0.0.0.0',
    '10.0.0.1',
    '100.64.0.1',
    '169.254.169.254',
    '224.0.0.1',
    '::ffff:127.0.0.1',
    'fd00::1',
    'fe80::1',
  ])('is refused at the dial: %s', async (address) => {
    const get = guardedGet(pointingTo(address))
    const refused = { ok: false, failure: 'refused_address' }
    expect(await get(`https://auth.acme.com:${host.port}/jwks`, FOREIGN)).toEqual(refused)
    // One of several is enough, wherever it stands.
    const mixed = guardedGet(pointingTo('1.1.1.1', address))
    expect(await mixed('https://auth.acme.com/jwks', FOREIGN)).toEqual(refused)
    expect(host.sockets).toBe(0)
  })

  it.each([
    ['loopback of its own accord', 'http://127.0.0.1/jwks', 'refused_address'],
    ['loopback by name', 'https://localhost/jwks', 'refused_address'],
    ['loopback in decimal', 'https://2130706433/jwks', 'refused_address'],
    ['loopback in octal', 'https://0177.0.0.1/jwks', 'refused_address'],
    ['loopback by IPv6', 'https://[::1]/jwks', 'refused_address'],
    ['metadata', 'https://169.254.169.254/latest', 'refused_url'],
    ['a mapped address', 'https://[::ffff:127.0.0.1]/jwks', 'refused_url'],
    ['a password', 'https://a:b@auth.acme.com/jwks', 'refused_url'],
    ['another scheme', 'file:///etc/passwd', 'refused_url'],
    ['no URL', 'jwks', 'refused_url'],
  ])('is refused before a look-up when the URL names %s', async (_what, url, failure) => {
    let lookups = 0
    const lookup = async (): Promise<LookupAddress[]> => {
      lookups += 1
      return [addressOf('1.1.1.1')]
    }
    expect(await guardedGet({ lookup })(url, FOREIGN)).toEqual({ ok: false, failure })
    expect(lookups).toBe(0)
  })
})

describe('row 36: a way around the look at the address', () => {
  it('by a name that points elsewhere the second time is refused then', async () => {
    host.answer = always(200, '{}')
    const points = ['127.0.0.1', '169.254.169.254']
    const lookup = async (): Promise<LookupAddress[]> => [addressOf(points.shift() ?? '')]
    const get = guardedGet({ lookup })
    const url = `http://localhost:${host.port}/jwks`
    expect(await get(url, OWN)).toEqual({ ok: true, json: {} })
    expect(await get(url, OWN)).toEqual({ ok: false, failure: 'refused_address' })
    expect(host.sockets).toBe(1)
  })

  it.each([301, 302, 303, 307, 308])('by a redirect is not followed: %i', async (status) => {
    const inner = await startKeyHost()
    host.answer = always(status, '', { location: `${inner.issuer}/jwks` })
    expect(await guardedGet()(host.issuer, OWN)).toEqual({ ok: false, failure: 'bad_status' })
    expect(inner.sockets).toBe(0)
    await inner.close()
  })

  it('by http instead of https is refused, and http reaches this machine only', async () => {
    const get = guardedGet(pointingTo('1.1.1.1'))
    expect(await get('http://auth.acme.com/jwks', FOREIGN)).toEqual({
      ok: false,
      failure: 'refused_url',
    })
    expect(await get('http://localhost/jwks', OWN)).toEqual({
      ok: false,
      failure: 'refused_address',
    })
  })
})
