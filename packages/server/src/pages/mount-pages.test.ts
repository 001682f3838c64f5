// What every page has, shown on one with a form.

import type { Accounts } from '@keywright/contract'
import type { Authority } from '@keywright/core'
import { defineAuthority } from '@keywright/core'
import { seededRandom, TestClock } from '@keywright/core/testing'
import Fastify from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import { describe, expect, it, onTestFinished } from 'vitest'
import { openDoor } from '../door/door.ts'
import { refuseOtherMethods } from '../routes/method-not-allowed.ts'
import { alert, field, form, hidden, notice } from './form.ts'
import { html } from './html.ts'
import { mountPages, pageAt } from './mount-pages.ts'
import type { PageRoutes } from './mount-pages.ts'
import { seeOther, sendPage } from './page.ts'
import { answerRefusal } from './refusal-page.ts'
import { openSite } from './site.ts'

const ORIGIN = 'https://acme.example'
const FORM = { 'content-type': 'application/x-www-form-urlencoded' }
const OWN = { origin: ORIGIN, 'sec-fetch-site': 'same-origin' }

const definition = defineAuthority({
  product: { name: 'Acme & Sons', slug: 'acme' },
  resources: { organizations: {} },
  scopes: ['agents:read'],
  keys: { org: { prefix: 'ac_sk', bound: 'organizations', scopes: ['*'] } },
})

const greet: PageRoutes = (app, site) => {
  pageAt(app, site, {
    url: '/greet',
    show: (visit) => {
      const fields = [
        hidden('why', 'a & b'),
        field({ name: 'who', label: 'Who', error: 'Say <who>.' }),
      ]
      const body = form(visit, { action: site.path('/greet'), submit: 'Greet' }, fields)
      return sendPage(visit, { title: 'Greet', body, formTargets: ['http://127.0.0.1:4000/cb'] })
    },
    submit: (visit) => {
      const { who, why } = visit.fields
      if (who === 'nobody') return seeOther(visit, site.path('/greet'))
      const body = who === undefined ? alert('Say who.') : notice(html`Hello ${who}, ${why}`)
      return sendPage(visit, { title: 'Greeted', body })
    },
  })
  pageAt(app, site, {
    url: '/fail',
    show: () => {
      throw new Error('the reason is ours alone')
    },
  })
}

async function opened({ origin = ORIGIN, prefix = '', seed = 3 } = {}) {
  const lines: string[] = []
  const clock = new TestClock()
  // Nothing here asks the authority or the accounts.
  const authority = { definition } as unknown as Authority
  const accounts = { origin } as unknown as Accounts
  const door = openDoor({
    authority,
    clock,
    random: seededRandom(seed),
    log: (line) => lines.push(line),
  })
  const site = openSite(door, accounts, prefix)
  const app = Fastify()
  onTestFinished(() => app.close())
  await app.register(
    async (fastify) => {
      const scope = fastify.withTypeProvider<ZodTypeProvider>()
      const paths = refuseOtherMethods(scope)
      await scope.register(async (pages) => mountPages(pages, site, [greet]))
      paths.refuse(scope, (request, reply, refusal) =>
        answerRefusal({ door, site }, { request, reply }, refusal),
      )
    },
    { prefix },
  )
  const shown = await app.inject({ url: `${prefix}/greet` })
  const setCookie = String(shown.headers['set-cookie'])
  const token = /name="form_token" value="([^"]*)"/.exec(shown.body)?.[1] ?? ''
  const send = (fields: Record<string, string>, headers: Record<string, string> = {}) =>
    app.inject({
      method: 'POST',
      url: `${prefix}/greet`,
      headers: { ...FORM, ...OWN, cookie: setCookie.split(';')[0] ?? '', ...headers },
      payload: new URLSearchParams(fields).toString(),
    })
  return { app, shown, setCookie, token, send, lines }
}

describe('a page', () => {
  it('loads nothing from elsewhere, is not framed, not kept and not guessed at (row 59)', async () => {
    const { shown } = await opened()
    const { headers } = shown
    const policy = String(headers['content-security-policy']).split('; ')
    expect(policy).toContain("default-src 'none'")
    expect(policy).toContain("frame-ancestors 'none'")
    expect(policy).toContain("form-action 'self' http://127.0.0.1:4000")
    expect(policy.join()).not.toContain('unsafe')
    expect(headers).toMatchObject({
      'x-frame-options': 'DENY',
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
      'referrer-policy': 'strict-origin',
      'cross-origin-opener-policy': 'same-origin',
      'strict-transport-security': 'max-age=31536000',
      'content-type': 'text/html; charset=utf-8',
    })
    expect(shown.body).not.toMatch(/<script(?![^>]*src=)|style=|onclick/)
  })

  it('names the product, its language, and ties errors to their fields', async () => {
    const { shown } = await opened()
    expect(shown.body).toContain('<title>Greet · Acme &amp; Sons</title>')
    expect(shown.body).toContain('<html lang="en">')
    expect(shown.body).toContain('<label for="who">Who</label>')
    expect(shown.body).toContain('aria-describedby="who-error" aria-invalid="true"')
    expect(shown.body).toContain('Say &lt;who&gt;.')
  })

  it('takes its own form, once in a browser that has its cookie', async () => {
    const { send, token, setCookie } = await opened()
    expect(setCookie).toMatch(
      /^__Host-keywright_form=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax; Secure$/,
    )
    const answer = await send({ who: '<b>', why: 'a & b', form_token: token })
    expect([answer.statusCode, answer.headers['set-cookie']]).toEqual([200, undefined])
    expect(answer.body).toContain(
      '<div class="notice" role="status">Hello &lt;b&gt;, a &amp; b</div>',
    )
    const lacking = await send({ form_token: token })
    expect(lacking.body).toContain('<div class="alert" role="alert">Say who.</div>')
    const onward = await send({ who: 'nobody', form_token: token })
    expect([onward.statusCode, onward.headers['location']]).toEqual([303, '/greet'])
  })

  it('takes no form from another site, from nowhere, or with the token of another browser (row 59)', async () => {
    const { send, token, app } = await opened()
    const other = await opened({ seed: 4 })
    const sent = { who: 'a', form_token: token }
    for (const headers of [
      { origin: 'https://evil.example' },
      { origin: 'null' },
      { origin: 'http://acme.example' },
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site' },
    ]) {
      const answer = await send(sent, headers)
      expect([answer.statusCode, answer.json().code]).toEqual([403, 'cross_site_request'])
    }
    const silent = await app.inject({
      method: 'POST',
      url: '/greet',
      headers: FORM,
      payload: 'a=1',
    })
    expect(silent.json().code).toBe('cross_site_request')
    for (const [fields, headers] of [
      [{ who: 'a' }, {}],
      [{ who: 'a', form_token: token.slice(1) }, {}],
      [sent, { cookie: '' }],
      [sent, { cookie: other.setCookie }],
      [sent, { cookie: '__Host-keywright_form=; __Host-keywright_form=a' }],
    ] as const) {
      const answer = await send(fields, headers)
      expect([answer.statusCode, answer.json().code]).toEqual([403, 'form_expired'])
    }
  })

  it('takes forms only: JSON, also as text, is 415, and GET changes nothing (row 59)', async () => {
    const { send, app } = await opened()
    for (const type of ['application/json', 'text/plain', 'multipart/form-data; boundary=a']) {
      expect((await send({}, { 'content-type': type })).statusCode).toBe(415)
    }
    const read = await app.inject({ method: 'POST', url: '/fail', headers: { ...FORM, ...OWN } })
    expect([read.statusCode, read.headers['allow']]).toEqual([405, 'GET, HEAD'])
  })

  it('tells a reader of a refusal on a page and a program in a problem', async () => {
    const { app, send, lines } = await opened()
    const page = await send({}, { accept: 'text/html,*/*;q=0.8' })
    expect(page.statusCode).toBe(403)
    expect(page.headers['content-security-policy']).toContain("frame-ancestors 'none'")
    expect(page.body).toContain('<h1>The form is no longer good</h1>')
    const failed = await app.inject({ url: '/fail', headers: { accept: 'text/html' } })
    expect(failed.statusCode).toBe(500)
    expect(failed.body).not.toContain('ours alone')
    expect((await app.inject({ url: '/fail' })).json()).toMatchObject({ code: 'internal_error' })
    expect(lines.join()).toContain('ours alone')
  })

  it('works over plain HTTP and below a prefix', async () => {
    const { app, shown, setCookie, send, token } = await opened({
      origin: 'http://localhost:4747',
      prefix: '/auth',
    })
    expect(setCookie).toMatch(/^keywright_form=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax$/)
    expect(shown.headers['strict-transport-security']).toBeUndefined()
    expect(shown.body).toContain('action="/auth/greet"')
    const sent = await send({ form_token: token }, { origin: 'http://localhost:4747' })
    expect(sent.statusCode).toBe(200)
    const style = /href="(\/auth\/assets\/style\.css\?v=[\w-]+)"/.exec(shown.body)?.[1] ?? ''
    const sheet = await app.inject({ url: style })
    expect(sheet.statusCode).toBe(200)
    expect(sheet.headers).toMatchObject({
      'content-type': 'text/css; charset=utf-8',
      'cache-control': 'public, max-age=31536000, immutable',
    })
  })
})
