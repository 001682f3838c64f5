// Tokens at the doors of the server: the same answers as for keys, and by RFC 6750, 7662 and 9457.

import { decisionSchema, introspectionSchema, principalSchema } from '@keywright/contract'
import { fc, seededRandom } from '@keywright/core/testing'
import { createServer } from '@keywright/server'
import { describe, expect, it, onTestFinished } from 'vitest'
import { rememberSecret } from '../../../../tools/canary/registry.ts'
import { expectProblem, ask as send } from '../http/open-site.ts'
import type { Sent } from '../http/open-site.ts'
import { good } from '../people/lab.ts'
import { shown, verdict } from '../world/open-world.ts'
import type { SiteOptions } from './open-issuer.ts'
import { openIssuer } from './open-issuer.ts'

const o1 = 'organizations/o1'
const p1 = `${o1}/projects/p1`

async function openDoors(options: SiteOptions = {}) {
  const site = await openIssuer(options)
  const { world, authority } = site
  const lines: string[] = []
  const app = createServer({
    authority,
    clock: world.clock,
    random: seededRandom(11),
    log: (line) => lines.push(line),
  })
  onTestFinished(() => app.close())
  return { ...site, authority, lines, ask: (sent: Sent) => send(app, sent) }
}

describe('GET /v1/me', () => {
  it('says who a token is of', async () => {
    const { ask, join, token, issuer, lines } = await openDoors()
    const ada = await join('auth0|ada', { [o1]: 'viewer' })
    const credential = await token('auth0|ada')
    const answer = await ask({ url: '/v1/me', as: credential })
    expect(principalSchema.parse(answer.body)).toEqual({
      type: 'token',
      key_id: null,
      kind: 'users',
      holder: `users/${ada.id}`,
      resource: `users/${ada.id}`,
      mode: null,
      scopes: expect.arrayContaining(['runs:read']),
      expires_at: '2026-11-21T05:10:00Z',
      metadata: null,
      issuer,
      subject: 'auth0|ada',
    })
    expect(lines.join()).not.toContain(credential)
  })

  it.each([
    ['unknown_identity', {}],
    ['token_expired', { iat: 0, exp: 600 }],
    ['invalid_token', { aud: 'https://other.test' }],
    ['unknown_issuer', { iss: 'https://evil.test' }],
  ])('refuses with %s and a challenge that names no more', async (code, claims) => {
    const { ask, token } = await openDoors()
    const answer = await ask({ url: '/v1/me', as: await token('eve', claims) })
    expectProblem(answer, 401, code)
    expect(answer.headers['www-authenticate']).toBe('Bearer realm="site", error="invalid_token"')
  })

  it('refuses a token that notBefore ended and one of a disabled person (rows 21 and 37)', async () => {
    const { ask, authority, world, issuer, join, token } = await openDoors()
    const { id } = await join('ada')
    const credential = await token('ada')
    const me = () => ask({ url: '/v1/me', as: credential })
    expect((await me()).status).toBe(200)
    await good(authority.resources.disable(`users/${id}`))
    expectProblem(await me(), 401, 'resource_disabled')
    await good(authority.resources.enable(`users/${id}`))
    world.clock.advance(1000)
    await good(authority.issuers.notBefore({ issuer }))
    expectProblem(await me(), 401, 'token_revoked')
  })
})

describe('a token mints over HTTP', () => {
  it('keys of its person, and lists, reads usage and its scopes with them', async () => {
    const { ask, world, join, token } = await openDoors()
    const ada = await join('ada', { [o1]: 'member' })
    const as = await token('ada')
    const resource = `users/${ada.id}`
    const body = { kind: 'personal', resource, name: 'laptop' }
    const minted = await ask({ method: 'POST', url: '/v1/keys', as, body })
    expect([minted.status, minted.body.holder]).toEqual([201, resource])
    expect(await verdict(world, minted.body.key, { resource: p1 })).toBe('allowed')
    const listed = await ask({ url: '/v1/keys', as })
    expect(listed.body.data).toMatchObject([{ id: minted.body.id }])
    expect((await ask({ url: '/v1/usage', as })).body.quotas).toMatchObject([{ mode: 'test' }])
    const scopes = await ask({ url: '/v1/me/scopes', as })
    expect(scopes.body).toMatchObject({ person: { id: ada.id } })
  })
})

describe('a server key asks', () => {
  async function openAsker() {
    const doors = await openDoors()
    const ada = await doors.join('ada', { [o1]: 'viewer', 'organizations/o2': 'owner' })
    const keyAt = (resource: string) => shown(doors.authority.keys.mint('org', { resource }))
    const as = (await keyAt(o1)).secret
    return { ...doors, ada, as, credential: await doors.token('ada'), keyAt }
  }

  it('about a token at its organization (POST /v1/verify)', async () => {
    const { ask, as, credential, ada } = await openAsker()
    const verify = async (asked: object) => {
      const body = { credential, ...asked }
      const { body: answer } = await ask({ method: 'POST', url: '/v1/verify', as, body })
      return decisionSchema.parse(answer)
    }
    const allowed = await verify({ resource: p1, scope: 'runs:read' })
    expect(allowed).toMatchObject({ allowed: true, principal: { holder: `users/${ada.id}` } })
    expect(await verify({ resource: p1, scope: 'runs:write' })).toMatchObject({
      code: 'insufficient_scope',
      status: 403,
    })
    expect(await verify({ resource: 'organizations/o2' })).toMatchObject({ code: 'invalid_key' })
  })

  it('whether a token is active, and learns who, until when and what here (row 38)', async () => {
    const { ask, as, credential, issuer, ada, keyAt } = await openAsker()
    const headers = { 'content-type': 'application/x-www-form-urlencoded' }
    const introspect = async (token: string, asker = as) => {
      const body = new URLSearchParams({ token }).toString()
      const sent = { method: 'POST', url: '/oauth/introspect', as: asker, headers, body }
      return introspectionSchema.parse((await ask(sent)).body)
    }
    expect(await introspect(credential)).toEqual({
      active: true,
      scope: 'runs:read',
      sub: 'ada',
      iss: issuer,
      token_type: 'Bearer',
      iat: Date.parse('2026-11-21T05:00:00Z') / 1000,
      exp: Date.parse('2026-11-21T05:10:00Z') / 1000,
      resource: `users/${ada.id}`,
      kind: 'users',
    })
    const foreign = (await keyAt('organizations/o3')).secret
    expect(await introspect(credential, foreign)).toEqual({ active: false })
    expect(await introspect(credential.slice(0, -2))).toEqual({ active: false })
  })

  it('for introspection of a token without a client: 401', async () => {
    const { ask, credential } = await openAsker()
    const headers = { 'content-type': 'application/x-www-form-urlencoded' }
    const body = new URLSearchParams({ token: credential }).toString()
    const answer = await ask({ method: 'POST', url: '/oauth/introspect', headers, body })
    expectProblem(answer, 401, 'missing_credential')
  })

  it('with a token as the client secret of Basic, and is nobody', async () => {
    const { ask, credential, ada } = await openAsker()
    for (const id of ['null', `users/${ada.id}`, 'ada']) {
      const basic = Buffer.from(`${encodeURIComponent(id)}:${credential}`).toString('base64')
      const headers = {
        'content-type': 'application/x-www-form-urlencoded',
        authorization: `Basic ${basic}`,
      }
      const sent = { method: 'POST', url: '/oauth/introspect', headers, body: 'token=x' }
      expect((await ask(sent)).status).toBe(401)
    }
  })
})

describe('forward-auth', () => {
  it('lets a token through where its person reaches, and says who they are without a key id', async () => {
    const { ask, join, token } = await openDoors()
    const ada = await join('ada', { [o1]: 'viewer' })
    const as = await token('ada')
    const url = `/v1/forward-auth?scope=runs:read&resource=${p1}`
    const { status, headers } = await ask({ url, as })
    expect(status).toBe(200)
    expect(headers).toMatchObject({
      'x-keywright-kind': 'users',
      'x-keywright-holder': `users/${ada.id}`,
    })
    expect(headers).not.toHaveProperty('x-keywright-key-id')
    const refused = await ask({ url: url.replace('read', 'write'), as })
    expect([refused.status, refused.headers['x-keywright-code']]).toEqual([
      403,
      'insufficient_scope',
    ])
  })
})

describe('a token in a URL', () => {
  it('is refused where it stands as access_token, and repeated in no answer', async () => {
    const { ask, token, lines } = await openDoors()
    const credential = await token('ada')
    const answer = await ask({ url: `/v1/me?access_token=${credential}` })
    expectProblem(answer, 400, 'credential_in_url')
    rememberSecret(credential)
    expect(answer.text + lines.join()).not.toContain(credential)
  })
})

describe('any Authorization header', () => {
  it('that is made up is refused as a problem: never allowed, never a failure of ours', async () => {
    const { ask, token } = await openDoors({ people: 'join' })
    const genuine = await token('ada')
    const piece = fc.oneof(
      fc.constantFrom(...genuine.split('.'), '', 'Bearer', ' ', ',', 'e30'),
      fc.stringMatching(/^[\x20-\x7e\xa0-\xff]{0,80}$/),
    )
    const made = fc
      .tuple(
        fc.constantFrom('Bearer ', 'bearer  ', 'Basic ', ''),
        fc.array(piece, { maxLength: 5 }),
      )
      .map(([scheme, pieces]) => scheme + pieces.join('.'))
    await fc.assert(
      fc.asyncProperty(made, async (authorization) => {
        if (authorization.includes(genuine)) return
        const answer = await ask({ url: '/v1/me', headers: { authorization } })
        expect([400, 401]).toContain(answer.status)
        expectProblem(answer, answer.status, answer.body.code)
      }),
      { numRuns: 300 },
    )
  })
})
