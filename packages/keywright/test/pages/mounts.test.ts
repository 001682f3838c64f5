// The pages wherever the routes are mounted, over real accounts.

import Fastify from 'fastify'
import { openAccounts } from 'keywright'
import { keywrightRoutes } from 'keywright/fastify'
import { keywrightHandler } from 'keywright/fetch'
import { describe, expect, it, onTestFinished } from 'vitest'
import { openLab } from '../people/lab.ts'

const ORIGIN = 'https://lab.example'

async function openMounts() {
  const { authority } = await openLab()
  const accounts = await openAccounts(authority, { baseUrl: ORIGIN, sendMail: async () => {} })
  return { authority, accounts }
}

const READER = { accept: 'text/html' }

describe('the pages', () => {
  it('are served by the fetch handler, with their cookies and forms', async () => {
    const { authority, accounts } = await openMounts()
    const handle = keywrightHandler(authority, { accounts })
    const page = await handle(new Request(`${ORIGIN}/sign-in`, { headers: READER }))
    expect(page.status).toBe(200)
    expect(page.headers.get('content-security-policy')).toContain("frame-ancestors 'none'")
    const text = await page.text()
    const body = new URLSearchParams({
      form_token: /name="form_token" value="([^"]*)"/.exec(text)?.[1] ?? '',
      email: 'nobody@lab.example',
      password: 'not a password of anybody',
    })
    const cookie = page.headers.getSetCookie()[0]?.split(';')[0] ?? ''
    const headers = { ...READER, cookie, origin: ORIGIN }
    const refused = await handle(
      new Request(`${ORIGIN}/sign-in`, { method: 'POST', headers, body }),
    )
    expect(refused.status).toBe(401)
    expect(await refused.text()).toContain('role="alert"')
    const foreign = { ...headers, origin: 'https://evil.example' }
    const forged = await handle(
      new Request(`${ORIGIN}/sign-in`, { method: 'POST', headers: foreign, body }),
    )
    expect(forged.status).toBe(403)
  })

  it('are served by the plugin below a prefix, and lead to each other there', async () => {
    const { authority, accounts } = await openMounts()
    const app = Fastify()
    onTestFinished(() => app.close())
    await app.register(keywrightRoutes(authority, { accounts }), { prefix: '/auth' })
    app.get('/', () => 'the app itself')
    const page = await app.inject({ url: '/auth/sign-in', headers: READER })
    expect(page.statusCode).toBe(200)
    const paths = [...page.body.matchAll(/(?:href|action)="([^"]*)"/g)].map(([, path = '']) => path)
    expect(paths.filter((path) => !/^(?:\/auth\/|#)/.test(path))).toEqual([])
    const account = await app.inject({ url: '/auth/account', headers: READER })
    expect(account.headers['location']).toBe('/auth/sign-in?return_to=%2Fauth%2Faccount')
    expect((await app.inject({ url: '/' })).body).toBe('the app itself')
  })

  it('do not exist where nobody signs in', async () => {
    const { authority } = await openMounts()
    const handle = keywrightHandler(authority)
    for (const path of ['/sign-in', '/account', '/assets/style.css']) {
      const answer = await handle(new Request(`${ORIGIN}${path}`, { headers: READER }))
      expect([answer.status, answer.headers.get('content-type')]).toEqual([
        404,
        'application/problem+json',
      ])
    }
  })
})
