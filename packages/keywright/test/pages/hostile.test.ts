// Every address over a real socket, asked by somebody who means harm. The addresses are read off the server, so that a
// new page is tried without being named here.

import { randomBytes } from 'node:crypto'
import type { KeywrightServer } from '@keywright/server'
import { createServer } from '@keywright/server'
import { openAccounts } from 'keywright'
import { expect, it, onTestFinished } from 'vitest'
import { rememberSecret } from '../../../../tools/canary/registry.ts'
import { Browser, good, PASSWORD, totpOf } from '../accounts/house.ts'
import { openStudio } from '../login/studio.ts'

const ORIGIN = 'https://studio.example'
const EMAIL = 'ada@studio.example'
const FORM = 'application/x-www-form-urlencoded'
const OWN = { origin: ORIGIN, 'sec-fetch-site': 'same-origin' }
const READER = { accept: 'text/html,*/*;q=0.8' }
const EVIL = `'"><script>alert(1)</script><img src=x onerror=alert(1)>`

async function opened() {
  const clock = { now: () => Date.now(), monotonic: () => Date.now() }
  const random = (length: number): Uint8Array => new Uint8Array(randomBytes(length))
  const studio = await openStudio({ clock, random })
  const { authority } = studio
  const links: string[] = []
  const accounts = await openAccounts(authority, {
    baseUrl: ORIGIN,
    sendMail: async ({ text }) => void links.push(/https?:\/\/\S+/.exec(text)?.[0] ?? ''),
  })
  rememberSecret(PASSWORD)
  good(await accounts.add({ name: EVIL, email: EMAIL, password: PASSWORD }))
  const browser = new Browser()
  const request = { email: EMAIL, password: PASSWORD }
  good(await browser.take(accounts.signIn(request, browser.visitor)))
  const app = createServer({ authority, clock, random, accounts })
  onTestFinished(() => app.close())
  const url = await app.listen({ port: 0, host: '127.0.0.1' })
  const cookie = browser.visitor.headers.get('cookie') ?? ''
  const ask = async (path: string, init: RequestInit = {}) =>
    fetch(url + path, { redirect: 'manual', ...init })
  const paths = pathsOf(app)
  /** The addresses that take a method. */
  const taking = async (method: string, which: (path: string) => boolean): Promise<string[]> => {
    const found: string[] = []
    for (const path of paths.filter(which)) {
      const { headers } = await ask(path, { method: 'OPTIONS' })
      if (headers.get('allow')?.split(', ').includes(method) === true) found.push(path)
    }
    return found
  }
  return { ask, taking, cookie, links, accounts, world: studio.world }
}

/** Reads the tree that Fastify prints. */
function pathsOf(app: KeywrightServer): string[] {
  const above: string[] = []
  return app
    .printRoutes({ commonPrefix: false })
    .split('\n')
    .flatMap((line) => {
      const [, indent = '', segment = '', methods] = /^([\s│├└─]*)(\S+)( \([A-Z])?/.exec(line) ?? []
      above.length = Math.max(0, indent.length / 4 - 1)
      above.push(segment)
      return methods === undefined ? [] : [above.join('').replaceAll(/:\w+/g, 'some')]
    })
}

const isPage = (path: string): boolean =>
  !/^\/(v1|healthz|readyz|metrics|openapi|assets|\.well-known)/.test(path) &&
  !/^\/oauth\/(?!authorize)/.test(path)

const isOwnApi = (path: string): boolean => path.startsWith('/v1/')

const FOREIGN: readonly Record<string, string>[] = [
  {},
  { origin: 'null' },
  { origin: 'https://evil.example' },
  { origin: 'http://studio.example' },
  { origin: 'https://studio.example.evil.example' },
  { origin: 'https://studio.example:8443' },
  { origin: ORIGIN, 'sec-fetch-site': 'cross-site' },
  { origin: ORIGIN, 'sec-fetch-site': 'same-site' },
  { 'sec-fetch-site': '' },
  { referer: `${ORIGIN}/account` },
]

async function codeOf(response: Response): Promise<string> {
  const { code } = (await response.json()) as { readonly code: string }
  return `${response.status} ${code}`
}

it('no form is taken from elsewhere, without its token, or as anything but a form (row 59)', async () => {
  const { ask, taking, cookie } = await opened()
  const forms = await taking('POST', isPage)
  expect(forms.length).toBeGreaterThan(18)
  const body = 'form_token=x&_method=GET'
  for (const path of forms) {
    const send = (headers: Record<string, string>) =>
      ask(path, { method: 'POST', headers: { 'content-type': FORM, cookie, ...headers }, body })
    for (const headers of FOREIGN) {
      expect([path, headers, await codeOf(await send(headers))]).toEqual([
        path,
        headers,
        '403 cross_site_request',
      ])
    }
    expect([path, await codeOf(await send(OWN))]).toEqual([path, '403 form_expired'])
    for (const type of ['text/plain', 'application/json', 'multipart/form-data; boundary=x']) {
      const answer = await send({ ...OWN, 'content-type': type })
      expect([path, type, answer.status]).toEqual([path, type, 415])
    }
    const overridden = await ask(`${path}?_method=POST&form_token=x`, {
      method: 'PUT',
      headers: { ...OWN, cookie, 'x-http-method-override': 'POST' },
    })
    expect([path, overridden.status]).toEqual([path, 405])
  }
})

it('no call of the API acts by cookie for another site, nor by a body that is no JSON (row 59)', async () => {
  const { ask, taking, cookie, world } = await opened()
  const events = world.rows('select * from events').length
  for (const method of ['POST', 'PATCH', 'DELETE']) {
    const paths = await taking(method, isOwnApi)
    expect(paths.length).toBeGreaterThan(2)
    for (const path of paths) {
      // Whoever redeems a pick-up is nobody yet: cookies are not looked at, and the body is refused.
      const refusals = path === '/v1/pickups/redeem' ? [415] : [401, 403]
      for (const headers of FOREIGN) {
        const sent = { ...headers, cookie, 'content-type': 'text/plain' }
        const { status } = await ask(path, { method, headers: sent, body: '{}' })
        expect([method, path, headers, refusals.includes(status)]).toEqual([
          method,
          path,
          headers,
          true,
        ])
      }
      const sent = { ...OWN, cookie, 'content-type': 'text/plain' }
      const { status } = await ask(path, { method, headers: sent, body: '{}' })
      expect([method, path, status < 500 && status >= 400]).toEqual([method, path, true])
    }
  }
  expect(world.rows('select * from events')).toHaveLength(events)
})

it('every page lets nothing in, is kept nowhere, and shows what others chose as text (row 59)', async () => {
  const { ask, taking, cookie } = await opened()
  const pages = await taking('GET', isPage)
  expect(pages.length).toBeGreaterThan(10)
  const names = [
    'return_to token done user_code again client_id redirect_uri state scope device_name error',
    'error_description code iss email name id response_type',
  ].flatMap((line) => line.split(' '))
  const evil = new URLSearchParams(names.map((name) => [name, EVIL])).toString()
  for (const path of [...pages, '/nowhere', `/sign-in/callback/${encodeURIComponent(EVIL)}`]) {
    for (const query of [
      '',
      `?${evil}`,
      `?return_to=//evil.example`,
      '?return_to=/%5cevil.example',
    ]) {
      for (const as of [{}, { cookie }]) {
        const answer = await ask(path + query, { headers: { ...READER, ...as } })
        const text = await answer.text()
        const where = `${path}${query} ${answer.status}`
        expect([where, answer.status < 500]).toEqual([where, true])
        expect([where, answer.headers.get('cache-control')]).toEqual([where, 'no-store'])
        expect([where, /<script>|<img |evil\.example/.exec(text)?.[0]]).toEqual([where, undefined])
        const location = answer.headers.get('location') ?? '/'
        expect([where, new URL(location, ORIGIN).origin]).toEqual([where, ORIGIN])
        if (answer.status === 303) continue
        const policy = answer.headers.get('content-security-policy') ?? ''
        expect([where, policy.includes("default-src 'none'"), policy.includes('unsafe')]).toEqual([
          where,
          true,
          false,
        ])
        expect([where, answer.headers.get('x-frame-options')]).toEqual([where, 'DENY'])
      }
    }
  }
})

it('half a sign-in opens no page and no call, whatever its cookies are called', async () => {
  const { ask, taking, accounts, cookie } = await opened()
  const browser = new Browser()
  browser.jar.set(...(cookie.split(/=(.*)/s).slice(0, 2) as [string, string]))
  const { uri } = good(await accounts.totp.enable({ password: PASSWORD }, browser.visitor))
  rememberSecret(new URL(uri).searchParams.get('secret') ?? '')
  good(await accounts.totp.confirm({ code: totpOf(uri) }, browser.visitor))
  const half = new Browser()
  const request = { email: EMAIL, password: PASSWORD }
  const answer = good(await half.take(accounts.signIn(request, half.visitor)))
  expect(answer.next).toBe('second_factor')
  const values = [...half.jar.values()]
  expect(values).toHaveLength(1)
  const cookies = [
    half.visitor.headers.get('cookie') ?? '',
    // The session from before the second factor was turned on ended with it.
    cookie,
    `__Host-keywright.session_token=${values[0]}`,
  ]
  for (const as of cookies) {
    for (const path of ['/account', '/device']) {
      const page = await ask(path, { headers: { ...READER, cookie: as } })
      expect([path, page.headers.get('location')]).toEqual([
        path,
        `/sign-in?return_to=${encodeURIComponent(path)}`,
      ])
    }
    for (const path of await taking('GET', isOwnApi)) {
      if (path.startsWith('/v1/forward-auth')) continue
      const { status } = await ask(path, { headers: { cookie: as } })
      expect([path, status]).toEqual([path, 401])
    }
  }
})

it('links of mails and answers name our own host, whatever host was asked for', async () => {
  const { ask, links } = await opened()
  const hosts = {
    host: 'evil.example',
    'x-forwarded-host': 'evil.example',
    forwarded: 'host=evil.example',
  }
  const shown = await ask('/forgot-password', { headers: { ...READER, ...hosts } })
  const token = /name="form_token" value="([^"]*)"/.exec(await shown.text())?.[1] ?? ''
  const cookie = shown.headers.getSetCookie()[0]?.split(';')[0] ?? ''
  const sent = await ask('/forgot-password', {
    method: 'POST',
    headers: { ...OWN, ...hosts, cookie, 'content-type': FORM },
    body: new URLSearchParams({ form_token: token, email: EMAIL }),
  })
  expect([sent.status, sent.headers.get('location')]).toEqual([303, '/forgot-password/sent'])
  const [link = ''] = links
  rememberSecret(new URL(link).searchParams.get('token') ?? '')
  expect(new URL(link).origin).toBe(ORIGIN)
  const metadata = await ask('/.well-known/oauth-authorization-server', { headers: hosts })
  expect(await metadata.text()).not.toContain('evil.example')
})
