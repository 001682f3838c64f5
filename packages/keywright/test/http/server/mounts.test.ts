import { seededRandom } from '@keywright/core/testing'
import { fetchHandler, keywrightRoutes } from '@keywright/server'
import Fastify from 'fastify'
import { describe, expect, it, onTestFinished } from 'vitest'
import { keywrightHandler } from '../../../src/adapters/fetch.ts'
import { keywrightRoutes as routesOf } from '../../../src/adapters/fastify.ts'
import { openSite } from '../open-site.ts'

describe('the fetch handler', () => {
  it('answers as the server does', async () => {
    const { authority, world, org, verifier, ask } = await openSite()
    const handle = fetchHandler({ authority, clock: world.clock, random: seededRandom(5) })
    const authorization = `Bearer ${verifier.secret}`
    const headers = { authorization, 'content-type': 'application/json' }
    const body = JSON.stringify({ credential: org.secret })
    const url = 'https://api.example/v1/verify'
    const answer = await handle(new Request(url, { method: 'POST', headers, body }))
    const expected = await ask({ method: 'POST', url: '/v1/verify', as: verifier.secret, body })
    expect(expected.status).toBe(415)
    expect(answer.status).toBe(200)
    expect(await answer.json()).toMatchObject({ allowed: true })
    const head = await handle(new Request('https://api.example/v1/me', { method: 'HEAD', headers }))
    expect([head.status, await head.text()]).toEqual([200, ''])
    const large = new Request(url, { method: 'POST', headers, body: 'x'.repeat(200_000) })
    expect((await handle(large)).status).toBe(413)
    const unknown = await handle(new Request('https://api.example/no%zz', { headers }))
    expect([unknown.status, unknown.headers.get('content-type')]).toEqual([
      400,
      'application/problem+json',
    ])
  })
})

describe('the plugin', () => {
  it('serves below a prefix of an app that keeps its own ways', async () => {
    const { authority, world, org, verifier } = await openSite()
    const app = Fastify()
    onTestFinished(() => app.close())
    const options = { authority, clock: world.clock, random: seededRandom(5), prefix: '/auth' }
    await app.register(keywrightRoutes, options)
    app.get('/own', () => ({ own: true }))
    const headers = { authorization: `Bearer ${verifier.secret}` }
    const status = async (
      method: 'GET' | 'POST' | 'PUT',
      url: string,
      payload?: object,
    ): Promise<number> =>
      (await app.inject({ method, url, headers, ...(payload === undefined ? {} : { payload }) }))
        .statusCode
    expect(await status('POST', '/auth/v1/verify', { credential: org.secret })).toBe(200)
    expect(await status('GET', '/auth/v1/forward-auth')).toBe(200)
    expect(await status('GET', '/auth/v1/forward-auth?what=1')).toBe(422)
    expect(await status('GET', '/auth/v1/forward-auth/app?page=1')).toBe(200)
    expect(await status('GET', '/auth/v1/me')).toBe(200)
    expect(await status('PUT', '/auth/v1/me')).toBe(405)
    expect(await status('GET', '/own')).toBe(200)
    const missing = await app.inject({ method: 'GET', url: '/nowhere' })
    expect(missing.json()).toMatchObject({ error: 'Not Found' })
  })
})

describe('the same from the package that an app imports', () => {
  it('takes an authority and nothing else', async () => {
    const { authority, org } = await openSite()
    const headers = { authorization: `Bearer ${org.secret}` }
    const app = Fastify()
    onTestFinished(() => app.close())
    await app.register(routesOf(authority))
    const answer = await app.inject({ method: 'GET', url: '/v1/me', headers })
    expect(answer.json()).toMatchObject({ key_id: org.key.id })
    const handle = keywrightHandler(authority)
    const fetched = await handle(new Request('https://api.example/v1/me', { headers }))
    expect(await fetched.json()).toEqual(answer.json())
  })
})
