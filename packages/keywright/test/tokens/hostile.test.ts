// Tokens that somebody made up, through the whole authority: what the verifier of JWTs refuses, no door lets through,
// and nobody is made by it.

import { fc } from '@keywright/core/testing'
import { describe, expect, it } from 'vitest'
import { good, openLab } from '../people/lab.ts'
import { principalOf, verdict } from '../world/open-world.ts'
import { AUDIENCE, openIssuer, signerOf } from './open-issuer.ts'

function part(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url')
}

describe('a token that is forged or not meant for us', () => {
  it.each([
    ['without a signature (row 27)', { alg: 'none' }, {}],
    ['of a symmetric algorithm (row 27)', { alg: 'HS256', kid: 'key-1' }, {}],
    ['with its own key (row 28)', { alg: 'RS256', jwk: { kty: 'RSA' } }, {}],
    ['with an address of keys (row 28)', { alg: 'RS256', jku: 'http://127.0.0.1:1/' }, {}],
    ['with an unknown demand (row 28)', { alg: 'RS256', crit: ['x'] }, {}],
  ])('%s is refused, nothing is fetched and nobody made', async (_, header, claims) => {
    const { world, host, issuer } = await openIssuer({ people: 'join' })
    const now = Math.floor(world.clock.now() / 1000)
    const says = { iss: issuer, sub: 'eve', aud: AUDIENCE, iat: now, exp: now + 60, ...claims }
    const forged = `${part({ typ: 'at+jwt', ...header })}.${part(says)}.${'A'.repeat(342)}`
    expect(await verdict(world, forged)).toBe('invalid_token')
    expect(host.asked).toEqual([])
    expect(world.rows('select * from persons')).toEqual([])
  })

  it.each([
    ['no exp (row 29)', { exp: undefined }],
    ['no iat (row 29)', { iat: undefined }],
    ['too long a life (row 29)', { exp: 2_000_000_000 }],
    ['another audience (row 30)', { aud: 'https://other.test' }],
    ['the nonce of an ID token (row 31)', { nonce: 'n' }],
    ['no subject', { sub: undefined }],
    ['a subject with control characters', { sub: 'a\nb' }],
    ['a subject with half of a character', { sub: 'a\uD800' }],
    ['a subject that is too long', { sub: 'x'.repeat(256) }],
    ['a subject that is an object', { sub: { id: 'ada' } }],
  ])('with %s is refused, and nobody is made', async (_, claims) => {
    const { world, token } = await openIssuer({ people: 'join' })
    expect(await verdict(world, await token('ada', claims))).toBe('invalid_token')
    expect(world.rows('select * from persons')).toEqual([])
  })

  it('by the key of another issuer is refused, also under an equal key id (row 32)', async () => {
    const one = await openIssuer({ people: 'join' })
    const other = await openIssuer({ people: 'join' })
    const foreign = await signerOf('foreign')
    other.host.publish({ ...foreign.publicJwk, kid: 'key-1' })
    const now = Math.floor(one.world.clock.now() / 1000)
    const says = { iss: one.issuer, sub: 'ada', aud: AUDIENCE, iat: now, exp: now + 60 }
    expect(await verdict(one.world, await foreign.sign(says, { kid: 'key-1' }))).toBe(
      'invalid_token',
    )
  })

  it('is slowed down by network like guessed keys, and those who are known are not', async () => {
    const { world, authority, join, token, issuer } = await openIssuer()
    await join('ada')
    const genuine = await token('ada')
    const network = '203.0.113.7'
    expect(await verdict(world, genuine, { network })).toBe('allowed')
    const forge = (call: number): string =>
      `${part({ alg: 'none' })}.${part({ iss: issuer, jti: call })}.AA${'A'.repeat(120)}`
    const codes: string[] = []
    for (let call = 0; call < 110; call += 1) {
      codes.push(await verdict(world, forge(call), { network }))
    }
    expect(codes[0]).toBe('invalid_token')
    expect(codes.at(-1)).toBe('rate_limited')
    expect(await verdict(world, genuine, { network })).toBe('allowed')
    expect(await verdict(world, forge(0), { network: '203.0.113.8' })).toBe('invalid_token')
    expect(authority.counts().decisions.get('rate_limited')).toBeGreaterThan(5)
  })
})

describe('issuers that cannot be asked', () => {
  it('make tokens unavailable, neither good nor bad, and keys work on (row 34)', async () => {
    const { world, host, join, token } = await openIssuer()
    const { id } = await join('ada')
    const early = await token('ada')
    expect(await verdict(world, early)).toBe('allowed')
    await host.close()
    world.clock.advance(5 * 60_000)
    expect(await verdict(world, await token('ada'))).toBe('allowed')
    world.clock.advance(5 * 60_000)
    expect(await verdict(world, await token('ada'))).toBe('unavailable')
    const space = `users/${id}`
    const request = { resource: space, holder: space }
    const minted = await good(world.authority.keys.mint('personal', request))
    expect(await verdict(world, minted.secret as string)).toBe('allowed')
  })

  it('end a removed key with a flush (row 34)', async () => {
    const { world, authority, host, join, token } = await openIssuer()
    await join('ada')
    const credential = await token('ada')
    expect(await verdict(world, credential)).toBe('allowed')
    host.publish((await signerOf('next')).publicJwk)
    expect(await verdict(world, credential)).toBe('allowed')
    authority.issuers.flush()
    expect(await verdict(world, credential)).toBe('invalid_token')
  })
})

describe('any credential', () => {
  it('that is made up never throws and is never allowed, in parts of a genuine token or not', async () => {
    const { world, join, token } = await openIssuer({ people: 'join' })
    await join('ada')
    const genuine = await token('ada')
    const parts = genuine.split('.')
    const piece = fc.oneof(
      fc.constantFrom(...parts, '', '.', 'e30', part({ alg: 'none' })),
      fc.base64String({ maxLength: 200 }),
      fc.string({ unit: 'binary', maxLength: 60 }),
    )
    const made = fc.oneof(
      fc.array(piece, { maxLength: 5 }).map((pieces) => pieces.join('.')),
      fc.nat(genuine.length - 1).map((length) => genuine.slice(0, length)),
      fc
        .tuple(fc.nat(genuine.length - 1), fc.constantFrom('A', 'b', '_', '.', ' ', '\u0000', 'é'))
        .map(([at, text]) => genuine.slice(0, at) + text + genuine.slice(at + 1)),
      fc.constantFrom(`${genuine}=`, ` ${genuine}`, `${genuine}\n`, `${genuine}.`, `.${genuine}`),
    )
    await fc.assert(
      fc.asyncProperty(made, async (credential) => {
        if (credential === genuine) return
        const code = await verdict(world, credential)
        expect(['invalid_key', 'invalid_token', 'unknown_issuer', 'token_expired']).toContain(code)
      }),
      { numRuns: 600 },
    )
    expect((await principalOf(world, genuine)).type).toBe('token')
    expect(world.rows('select * from persons')).toHaveLength(1)
  })

  it('of token form is an unknown key where the definition has no issuers', async () => {
    const { token } = await openIssuer()
    const { world } = await openLab()
    expect(await verdict(world, await token('ada'))).toBe('invalid_key')
    expect(await verdict(world, 'a.b.c')).toBe('invalid_key')
  })
})
