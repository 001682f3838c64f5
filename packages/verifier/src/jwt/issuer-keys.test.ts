import { TestClock } from '@keywright/core/testing'
import { fc, property } from '@keywright/core/testing'
import type { Issuer } from '@keywright/core'
import type { JWK } from 'jose'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { KeyHost } from '../../testing/key-host.ts'
import { always, documentsOf, startKeyHost } from '../../testing/key-host.ts'
import { guardedGet } from './guarded-get.ts'
import type { IssuerKeysDeps, KeysFailed } from './issuer-keys.ts'
import { FETCH_PAUSE_MS, IssuerKeys, KEYS_FRESH_MS, KEYS_STALE_MS } from './issuer-keys.ts'
import { keySetOf } from './key-set.ts'

const MODULUS = 'x'.repeat(342)
let host: KeyHost
let clock: TestClock
let failed: KeysFailed[]

beforeEach(async () => {
  host = await startKeyHost()
  host.publish(jwk('one'))
  clock = new TestClock()
  failed = []
})
afterEach(() => host.close())

function jwk(kid: string): JWK {
  return { kty: 'RSA', n: MODULUS, e: 'AQAB', kid }
}

function issuerOf(change: Partial<Issuer> = {}): Issuer {
  return {
    issuer: host.issuer,
    audience: 'https://api.acme.com',
    algorithms: ['RS256'],
    jwksUrl: undefined,
    typ: 'at+jwt',
    maxAgeSeconds: 3600,
    people: 'known',
    claims: undefined,
    ...change,
  }
}

function open(change: Partial<Issuer> = {}, deps: Partial<IssuerKeysDeps> = {}): IssuerKeys {
  const onKeysFailed = (each: KeysFailed): void => void failed.push(each)
  return new IssuerKeys(issuerOf(change), { clock, get: guardedGet(), onKeysFailed, ...deps })
}

async function idsFor(keys: IssuerKeys, keyId?: string): Promise<readonly string[] | undefined> {
  const set = await keys.keysFor(keyId)
  return set === undefined ? undefined : [...set.keyIds]
}

describe('the keys of an issuer', () => {
  it('are found by discovery below its name, with or without a final slash', async () => {
    expect(await idsFor(open(), 'one')).toEqual(['one'])
    expect(host.asked).toEqual(['/.well-known/openid-configuration', '/jwks'])
    const slashed = `${host.issuer}/`
    host.answer = (request, response) =>
      request.url === '/jwks'
        ? always(200, '{"keys":[]}')(request, response)
        : always(200, JSON.stringify({ issuer: slashed, jwks_uri: `${host.issuer}/jwks` }))(
            request,
            response,
          )
    expect(await idsFor(open({ issuer: slashed }))).toEqual([])
    expect(host.asked[2]).toBe('/.well-known/openid-configuration')
  })

  it('are fetched without discovery where the definition says where they are', async () => {
    expect(await idsFor(open({ jwksUrl: `${host.issuer}/jwks` }), 'one')).toEqual(['one'])
    expect(host.asked).toEqual(['/jwks'])
  })

  it('are not believed when the document is of another issuer, even by a slash', async () => {
    for (const issuer of [`${host.issuer}/`, 'https://auth.acme.com', undefined, null]) {
      clock.advance(FETCH_PAUSE_MS)
      host.answer = always(200, JSON.stringify({ issuer, jwks_uri: `${host.issuer}/jwks` }))
      expect(await idsFor(open(), 'one')).toBeUndefined()
    }
    expect(host.fetches).toBe(0)
    expect(failed.map(({ failure }) => failure)).toEqual(Array(4).fill('other_issuer'))
  })

  it('are not had when the document names none, or is no object', async () => {
    for (const json of ['null', '7', '[]', JSON.stringify({ issuer: host.issuer, jwks_uri: 7 })]) {
      host.answer = always(200, json)
      expect(await idsFor(open(), 'one')).toBeUndefined()
    }
    expect(failed).toHaveLength(4)
  })

  it('are renewed behind the answer when they are five minutes old', async () => {
    const keys = open()
    await keys.keysFor('one')
    clock.advance(KEYS_FRESH_MS - 1)
    await keys.keysFor('one')
    expect(host.fetches).toBe(1)
    clock.advance(1)
    host.publish(jwk('one'), jwk('two'))
    expect(await idsFor(keys, 'one')).toEqual(['one'])
    // Whoever needs the new key waits for the fetch that is under way.
    expect(await idsFor(keys, 'two')).toEqual(['one', 'two'])
    expect(host.fetches).toBe(2)
  })
})

describe('row 33: unknown key ids', () => {
  it('10 000 of them cost one fetch in 30 s, and known ones are not affected', async () => {
    const keys = open()
    const flood = (): Promise<unknown> =>
      Promise.all(Array.from({ length: 10_000 }, (_, n) => keys.keysFor(`unknown-${n}`)))
    await flood()
    await flood()
    expect(host.fetches).toBe(1)
    clock.advance(FETCH_PAUSE_MS - 1)
    await flood()
    expect(host.fetches).toBe(1)
    expect(await idsFor(keys, 'one')).toEqual(['one'])
    clock.advance(1)
    await flood()
    await flood()
    expect(host.fetches).toBe(2)
  })

  it('of one issuer do not hold up another', async () => {
    const other = await startKeyHost()
    other.publish(jwk('other'))
    const keys = open()
    await Promise.all(Array.from({ length: 1000 }, (_, n) => keys.keysFor(`unknown-${n}`)))
    expect(await idsFor(open({ issuer: other.issuer }), 'other')).toEqual(['other'])
    expect([host.fetches, other.fetches]).toEqual([1, 1])
    await other.close()
  })

  it('cost one fetch also when the host fails, and are then undecided', async () => {
    const keys = open()
    await keys.keysFor('one')
    host.answer = always(500, '')
    clock.advance(FETCH_PAUSE_MS)
    const answers = await Promise.all(
      Array.from({ length: 1000 }, (_, n) => keys.keysFor(`unknown-${n}`)),
    )
    expect(new Set(answers)).toEqual(new Set([undefined]))
    expect(await keys.keysFor('unknown')).toBeUndefined()
    expect(failed).toHaveLength(1)
    expect(await idsFor(keys, 'one')).toEqual(['one'])
  })

  const steps = fc.array(fc.tuple(fc.nat(20_000), fc.boolean()), { maxLength: 60 })
  property([steps], 'however they come, fetches begin 30 s apart', async (all) => {
    const time = new TestClock()
    const startedAt: number[] = []
    let works = true
    const get: IssuerKeysDeps['get'] = async () => {
      startedAt.push(time.monotonic())
      return works ? { ok: true, json: { keys: [] } } : { ok: false, failure: 'unreachable' }
    }
    const keys = open({ jwksUrl: 'http://localhost/jwks' }, { clock: time, get })
    for (const [ms, isUp] of all) {
      works = isUp
      time.advance(ms)
      await keys.keysFor('unknown')
    }
    for (const [index, at] of startedAt.entries()) {
      expect(at - (startedAt[index - 1] ?? Number.NEGATIVE_INFINITY)).toBeGreaterThanOrEqual(30_000)
    }
  })
})

describe('row 34: a host that fails', () => {
  const HOSTS = [
    ['500', always(500, '{"keys":[]}'), 'bad_status'],
    ['HTML', always(200, '<html>'), 'not_json'],
    ['10 MB', always(200, 'x'.repeat(10_000_000)), 'too_large'],
    ['a redirect', always(302, '', { location: '/jwks' }), 'bad_status'],
    ['no key set', always(200, '{"keys":{}}'), 'no_key_set'],
    ['too many keys', always(200, JSON.stringify({ keys: Array(101).fill({}) })), 'no_key_set'],
  ] as const

  it.each(HOSTS)('with %s: old keys are used for ten minutes, then none', async (...row) => {
    const [, answer, failure] = row
    const keys = open({ jwksUrl: `${host.issuer}/jwks` })
    await keys.keysFor('one')
    host.answer = answer
    clock.advance(KEYS_STALE_MS - 1)
    expect(await idsFor(keys, 'one')).toEqual(['one'])
    // The fetch behind that answer.
    await keys.keysFor('unknown')
    clock.advance(1)
    expect(await idsFor(keys, 'one')).toBeUndefined()
    expect(failed).toEqual([{ issuer: host.issuer, url: `${host.issuer}/jwks`, failure }])
    expect(keys.waitSeconds).toBe(30)
    clock.advance(FETCH_PAUSE_MS)
    host.publish(jwk('one'))
    expect(await idsFor(keys, 'one')).toEqual(['one'])
  })

  it('with a closed port is undecided from the start', async () => {
    await host.close()
    const keys = open()
    expect(await idsFor(keys, 'one')).toBeUndefined()
    expect(failed).toMatchObject([{ failure: 'unreachable' }])
  })

  it('with a slow body is left when the time is over', async () => {
    const time = new AbortController()
    host.answer = (_request, response) => {
      response.write('{"keys":', () => time.abort())
    }
    const keys = open({}, { get: guardedGet({ deadline: () => time.signal }) })
    expect(await idsFor(keys, 'one')).toBeUndefined()
    expect(failed).toMatchObject([{ failure: 'timeout' }])
  })

  it('a removed key is refused within ten minutes, or at once after a flush', async () => {
    const keys = open()
    await keys.keysFor('one')
    host.publish(jwk('two'))
    clock.advance(KEYS_STALE_MS)
    expect(await idsFor(keys, 'one')).toEqual(['two'])
    host.publish(jwk('three'))
    keys.flush()
    expect(await idsFor(keys, 'two')).toEqual(['three'])
  })

  it('what was fetched before a flush is not believed after it', async () => {
    const keys = open({ jwksUrl: `${host.issuer}/jwks` })
    let release = (): void => undefined
    const arrived = new Promise<void>((resolve) => {
      host.answer = (request, response) => {
        release = () => documentsOf(host.issuer, [jwk('one')])(request, response)
        resolve()
      }
    })
    const asked = idsFor(keys, 'one')
    await arrived
    keys.flush()
    host.publish(jwk('two'))
    release()
    expect(await asked).toEqual(['two'])
    expect(await idsFor(keys, 'one')).toEqual(['two'])
    expect(host.fetches).toBe(2)
  })

  it('a way out or a listener that throws is a failure, not a crash', async () => {
    const broken = async (): Promise<never> => Promise.reject(new Error('broken'))
    expect(await idsFor(open({}, { get: broken }), 'one')).toBeUndefined()
    host.answer = always(500, '')
    const onKeysFailed = (): never => {
      throw new Error('broken')
    }
    expect(await idsFor(open({}, { onKeysFailed }), 'one')).toBeUndefined()
  })
})

describe('rows 35 and 36: an issuer that sends us elsewhere', () => {
  it.each([
    ['loopback', 'http://127.0.0.1:1/jwks', 'refused_address'],
    ['a private address', 'https://10.0.0.1/jwks', 'refused_url'],
    ['http', 'http://auth.acme.com/jwks', 'refused_url'],
  ])('to %s by its discovery document is not followed', async (_what, jwks_uri, failure) => {
    const real = guardedGet()
    const get: IssuerKeysDeps['get'] = async (url, options) =>
      url.endsWith('/openid-configuration')
        ? { ok: true, json: { issuer: 'https://auth.acme.com', jwks_uri } }
        : real(url, options)
    expect(await idsFor(open({ issuer: 'https://auth.acme.com' }, { get }))).toBeUndefined()
    expect(failed).toEqual([{ issuer: 'https://auth.acme.com', url: jwks_uri, failure }])
  })
})

describe('row 27: keys that could sign', () => {
  it('are left out of a set, with those that are too short or of no known type', () => {
    const set = keySetOf(
      {
        keys: [
          jwk('right'),
          { ...jwk('private'), d: 'AQAB' },
          { ...jwk('short'), n: 'x'.repeat(171) },
          { kty: 'oct', k: 'AQAB', kid: 'symmetric' },
          { kty: 'EC', crv: 'P-256', x: 'AQ', y: 'AQ', kid: 'curve' },
          { kid: 'typeless' },
          'text',
          null,
        ],
      },
      0,
    )
    expect([...(set?.keyIds ?? [])]).toEqual(['right', 'curve'])
  })

  property([fc.jsonValue()], 'no JSON makes the reader of key sets throw', (json) => {
    expect(() => keySetOf(json, 0)).not.toThrow()
    expect(() => keySetOf({ keys: [json, { kty: 'EC', ...Object(json) }] }, 0)).not.toThrow()
  })
})
