// Logging a program in by a browser: the consent page with a loopback redirect (RFC 8252), and the page where the code
// of another device is typed (RFC 8628).

import { createHash, randomBytes } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, expect, onTestFinished, test } from 'vitest'
import { rememberSecret } from '../../tools/canary/registry.ts'
import { faultsOf, keepPicture } from './faults.ts'
import { isBrowserWanted, useBrowser } from './open-browser.ts'
import type { Site } from './open-site.ts'
import { openSite } from './open-site.ts'
import { headingOf, newAccount, signInHere, signUp } from './people.ts'

const EMAIL = 'ann@lab.example'

/** A program that waits on this machine for its answer. */
async function listen(): Promise<{ redirectUri: string; answer: Promise<URL> }> {
  const { promise: answer, resolve } = Promise.withResolvers<URL>()
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '', 'http://127.0.0.1')
    response.setHeader('content-type', 'text/html')
    response.end('<h1>You can close this page</h1>')
    if (url.pathname === '/callback') resolve(url)
  }).listen(0, '127.0.0.1')
  onTestFinished(() => void server.close())
  await new Promise((listening) => server.once('listening', listening))
  const { port } = server.address() as AddressInfo
  return { redirectUri: `http://127.0.0.1:${port}/callback`, answer }
}

async function post(
  url: string,
  fields: Readonly<Record<string, string>>,
): Promise<Record<string, unknown>> {
  const answer = await fetch(url, { method: 'POST', body: new URLSearchParams(fields) })
  const json = (await answer.json()) as Record<string, unknown>
  if (typeof json['access_token'] === 'string') rememberSecret(json['access_token'])
  return json
}

async function whoIs(site: Site, token: unknown): Promise<unknown> {
  const headers = { authorization: `Bearer ${String(token)}` }
  return (await fetch(`${site.url}/v1/me`, { headers })).json()
}

describe.runIf(isBrowserWanted)('logging a program in', () => {
  const browser = useBrowser()

  test.each([
    ['with scripts', true],
    ['without scripts', false],
  ])(
    'by a code that comes back to this machine, after signing in, %s',
    async (_name, javaScriptEnabled) => {
      const site = await openSite()
      const page = await browser.page({ javaScriptEnabled })
      await signUp(site, page, EMAIL)
      const { redirectUri, answer } = await listen()
      const verifier = randomBytes(32).toString('base64url')
      const query = new URLSearchParams({
        response_type: 'code',
        client_id: 'lab',
        redirect_uri: redirectUri,
        code_challenge: createHash('sha256').update(verifier).digest('base64url'),
        code_challenge_method: 'S256',
        state: 'a state',
        device_name: 'ann@laptop',
      })
      await page.goto(`${site.url}/oauth/authorize?${query.toString()}`)
      await signInHere(page, EMAIL)
      expect(await headingOf(page)).toBe('Let Lab CLI in?')
      await keepPicture(page, 'consent')
      // What looks for faults is a script.
      expect(javaScriptEnabled ? await faultsOf(page) : []).toEqual([])
      await page.getByRole('button', { name: 'Let it in' }).click()
      const back = (await answer).searchParams
      expect([back.get('state'), back.get('iss')]).toEqual(['a state', site.url])
      const granted = await post(`${site.url}/oauth/token`, {
        grant_type: 'authorization_code',
        code: back.get('code') ?? '',
        client_id: 'lab',
        redirect_uri: redirectUri,
        code_verifier: verifier,
      })
      expect(await whoIs(site, granted['access_token'])).toMatchObject({
        type: 'key',
        kind: 'personal',
      })
    },
  )

  test('by a code that is typed from another device', async () => {
    const site = await openSite()
    const page = await browser.page({ viewport: { width: 360, height: 700 }, colorScheme: 'dark' })
    await newAccount(site, page, EMAIL)
    const asked = { client_id: 'lab', device_name: 'ann@server' }
    const device = await post(`${site.url}/oauth/device_authorization`, asked)
    await page.goto(String(device['verification_uri']))
    await keepPicture(page, 'device')
    expect(await faultsOf(page)).toEqual([])
    await page.getByLabel('Code that your device shows').fill(String(device['user_code']))
    await page.getByRole('button', { name: 'Continue' }).click()
    if ((await headingOf(page)) === 'Sign in') await signInHere(page, EMAIL)
    expect(await headingOf(page)).toBe('Let Lab CLI in?')
    await keepPicture(page, 'device-decision')
    expect(await faultsOf(page)).toEqual([])
    await page.getByRole('button', { name: 'Let it in' }).click()
    expect(await headingOf(page)).toBe('The device is in')
    await keepPicture(page, 'device-done')
    const granted = await post(`${site.url}/oauth/token`, {
      grant_type: 'urn:ietf:params:oauth:grant-type:device_code',
      device_code: String(device['device_code']),
      client_id: 'lab',
    })
    expect(await whoIs(site, granted['access_token'])).toMatchObject({
      type: 'key',
      kind: 'personal',
    })
  })
})
