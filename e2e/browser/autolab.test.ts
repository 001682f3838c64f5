// The example autolab as its owner meets it: a program on this machine and one on another are let in in a browser.

import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import * as oauth from 'oauth4webapi'
import { describe, expect, onTestFinished, test } from 'vitest'
import { rememberSecret } from '../../tools/canary/registry.ts'
import { ask } from '../../tools/run/ask.ts'
import { makeFolder } from '../testing/make-folder.ts'
import { startProcess } from '../testing/start-process.ts'
import { isBrowserWanted, useBrowser } from './open-browser.ts'
import { headingOf, signInHere } from './people.ts'

const ROOT = join(import.meta.dirname, '..', '..')
const SERVER = join(ROOT, 'examples', 'autolab', 'server.ts')
const CLIENT = { client_id: 'autolab' }
// The server is on this machine.
const LOCAL = { [oauth.allowInsecureRequests]: true }

/** The example after its first start, and what that has shown. */
async function openAutolab() {
  const dataDir = join(makeFolder(), 'data')
  const server = startProcess({
    name: 'autolab',
    args: [SERVER],
    cwd: ROOT,
    env: { DATA_DIR: dataDir },
  })
  const shown = async (pattern: RegExp): Promise<string> => {
    const secret = pattern.exec(await server.line(pattern))?.[1] ?? ''
    rememberSecret(secret)
    return secret
  }
  await shown(/^owner token \(shown once\): (al_\w+)$/)
  await shown(/^viewer token \(shown once\): (al_\w+)$/)
  const password = await shown(
    /^owner sign-in: alice@autolab\.example, password \(shown once\): (\S+)$/,
  )
  const listening = /^autolab listening on (\S+)$/
  const url = listening.exec(await server.line(listening))?.[1] ?? ''
  return { url, password }
}

async function discover(url: string): Promise<oauth.AuthorizationServer> {
  const issuer = new URL(url)
  const answer = await oauth.discoveryRequest(issuer, { algorithm: 'oauth2', ...LOCAL })
  return oauth.processDiscoveryResponse(issuer, answer)
}

/** What comes back to the program: the address that the browser is sent to at last. */
async function listenOnce(): Promise<{ redirectUri: string; answer: Promise<URL> }> {
  const { promise: answer, resolve } = Promise.withResolvers<URL>()
  const listener = createServer((request, response) => {
    response.end('You can close this page.')
    resolve(new URL(request.url ?? '/', 'http://127.0.0.1'))
  })
  await new Promise<void>((done) => {
    listener.listen(0, '127.0.0.1', done)
  })
  onTestFinished(() => void listener.close())
  const { port } = listener.address() as AddressInfo
  return { redirectUri: `http://127.0.0.1:${port}/callback`, answer }
}

describe.runIf(isBrowserWanted)('autolab in a browser', () => {
  const browser = useBrowser()

  test('A1, A3: the browser login mints a token that acts as the person', async () => {
    const { url, password } = await openAutolab()
    const server = await discover(url)
    const { redirectUri, answer } = await listenOnce()
    const verifier = oauth.generateRandomCodeVerifier()
    const state = oauth.generateRandomState()
    const asking = new URL(server.authorization_endpoint ?? '')
    asking.search = new URLSearchParams({
      ...CLIENT,
      response_type: 'code',
      redirect_uri: redirectUri,
      code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
      state,
      device_name: 'alice@laptop',
    }).toString()
    const page = await browser.page()
    await page.goto(asking.href)
    await signInHere(page, 'alice@autolab.example', password)
    expect(await headingOf(page)).toBe('Let AutoLab CLI in?')
    expect(await page.getByText('alice@laptop').count()).toBeGreaterThan(0)
    await page.getByRole('button', { name: 'Let it in' }).click()
    const callback = oauth.validateAuthResponse(server, CLIENT, await answer, state)
    const redeemed = await oauth.authorizationCodeGrantRequest(
      server,
      CLIENT,
      oauth.None(),
      callback,
      redirectUri,
      verifier,
      LOCAL,
    )
    const { access_token: key } = await oauth.processAuthorizationCodeResponse(
      server,
      CLIENT,
      redeemed,
    )
    rememberSecret(key)
    expect(key).toMatch(/^al_/)
    const node = { method: 'POST', key, body: { name: 'laptop' } }
    const registered = await ask(`${url}/v1/projects/alice/nanochat/nodes`, node)
    expect(registered.body).toMatchObject({ registered_by: 'alice' })
    const listed = await ask(`${url}/v1/tokens`, { key })
    expect(listed.body['data']).toContainEqual(expect.objectContaining({ name: 'alice@laptop' }))

    await oauth.revocationRequest(server, CLIENT, oauth.None(), key, LOCAL)
    expect((await ask(`${url}/v1/tokens`, { key })).status).toBe(401)
  })

  test('A1: a machine without a browser is let in by its code', async () => {
    const { url, password } = await openAutolab()
    const server = await discover(url)
    const asked = await oauth.deviceAuthorizationRequest(
      server,
      CLIENT,
      oauth.None(),
      { device_name: 'alice@gpu-box' },
      LOCAL,
    )
    const device = await oauth.processDeviceAuthorizationResponse(server, CLIENT, asked)
    rememberSecret(device.device_code)
    const page = await browser.page()
    await page.goto(device.verification_uri)
    await signInHere(page, 'alice@autolab.example', password)
    await page.getByLabel('Code that your device shows').fill(device.user_code)
    await page.getByRole('button', { name: 'Continue' }).click()
    expect(await page.getByText('alice@gpu-box').count()).toBeGreaterThan(0)
    await page.getByRole('button', { name: 'Let it in' }).click()
    expect(await headingOf(page)).toBe('The device is in')
    const polled = await oauth.deviceCodeGrantRequest(
      server,
      CLIENT,
      oauth.None(),
      device.device_code,
      LOCAL,
    )
    const { access_token: key } = await oauth.processDeviceCodeResponse(server, CLIENT, polled)
    rememberSecret(key)
    expect((await ask(`${url}/v1/projects/alice/nanochat`, { key })).status).toBe(200)
    // What was typed at a page that somebody may have sent gives no administration.
    const widened = await ask(`${url}/v1/tokens`, { method: 'POST', key, body: { name: 'more' } })
    expect(widened.status).toBe(403)
  })
})
