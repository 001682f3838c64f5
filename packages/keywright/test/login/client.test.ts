// The whole login as a program has it: a client library of others, a loopback listener, a listening server.

import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import * as oauth from 'oauth4webapi'
import { freePort } from 'keywright'
import { describe, expect, it, onTestFinished } from 'vitest'
import { rememberSecret } from '../../../../tools/canary/registry.ts'
import { verdict } from '../world/open-world.ts'
import type { LoginServer } from './open-server.ts'
import { openLoginServer, signIn } from './open-server.ts'

const client: oauth.Client = { client_id: 'studio' }
const INSECURE = { [oauth.allowInsecureRequests]: true }

/** A server that listens, found by its metadata. */
async function discovered() {
  const port = await freePort('127.0.0.1')
  const server = await openLoginServer(`http://127.0.0.1:${port}`)
  await server.app.listen({ port, host: '127.0.0.1' })
  const issuer = new URL(server.origin)
  const found = await oauth.discoveryRequest(issuer, { algorithm: 'oauth2', ...INSECURE })
  const as = await oauth.processDiscoveryResponse(issuer, found)
  return { server, as }
}

/** Listens as a program does, for one answer. */
async function listenOnce(host: string) {
  const { promise, resolve } = Promise.withResolvers<URL>()
  const listener = createServer((request, response) => {
    response.end('You can close this page.')
    resolve(new URL(request.url ?? '/', 'http://this.invalid'))
  })
  await new Promise<void>((done) => {
    listener.listen(0, host, done)
  })
  onTestFinished(() => void listener.close())
  const { port } = listener.address() as AddressInfo
  const name = host.includes(':') ? `[${host}]` : host
  return { redirectUri: `http://${name}:${port}/callback`, answer: promise }
}

/** Ada's browser: opens the address, signs in, lets the program in and follows the answer to it. */
async function letIn(server: LoginServer, url: URL): Promise<void> {
  const { reader } = await server.browser('ada')
  await reader.open(url.pathname + url.search)
  await signIn(reader, 'ada')
  await reader.send('/oauth/authorize')
  await fetch(reader.location)
}

describe('a program with a client library', () => {
  it.each(['127.0.0.1', '::1'])(
    'logs in by a browser and a listener at %s, and out',
    async (host) => {
      const { server, as } = await discovered()
      const { redirectUri, answer } = await listenOnce(host)
      const verifier = oauth.generateRandomCodeVerifier()
      const state = oauth.generateRandomState()
      const url = new URL(as.authorization_endpoint as string)
      const parameters = {
        client_id: client.client_id,
        redirect_uri: redirectUri,
        response_type: 'code',
        code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
        code_challenge_method: 'S256',
        scope: 'films:read keys:read',
        state,
        device_name: 'ada@laptop',
      }
      for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value)
      await letIn(server, url)
      // The library checks state and, because the metadata promises it, iss (RFC 9207).
      const callback = oauth.validateAuthResponse(as, client, await answer, state)
      rememberSecret(callback.get('code') as string)
      const redeemed = await oauth.authorizationCodeGrantRequest(
        as,
        client,
        oauth.None(),
        callback,
        redirectUri,
        verifier,
        INSECURE,
      )
      const token = await oauth.processAuthorizationCodeResponse(as, client, redeemed)
      rememberSecret(token.access_token)
      expect(token).toMatchObject({ scope: 'films:read keys:read', expires_in: 7_776_000 })
      expect(await verdict(server, token.access_token, { scope: 'films:read' })).toBe('allowed')
      const revoked = await oauth.revocationRequest(
        as,
        client,
        oauth.None(),
        token.access_token,
        INSECURE,
      )
      await oauth.processRevocationResponse(revoked)
      expect(await verdict(server, token.access_token)).toBe('key_revoked')
    },
  )

  it('drops an answer with a wrong state, a wrong iss or none (row 46)', async () => {
    const { server, as } = await discovered()
    const right = { code: 'x', state: 's', iss: server.origin }
    for (const [wrong, message] of [
      [{ state: 'other' }, 'state'],
      [{ iss: 'https://evil.example' }, 'iss'],
      [{ iss: '' }, 'iss'],
    ] as const) {
      const answer = new URLSearchParams({ ...right, ...wrong })
      if (answer.get('iss') === '') answer.delete('iss')
      expect(() => oauth.validateAuthResponse(as, client, answer, 's')).toThrow(message)
    }
  })

  it('logs in as a device while a person types its code elsewhere', async () => {
    const { server, as } = await discovered()
    const fields = { scope: 'films:read', device_name: 'ada@server' }
    const asked = await oauth.deviceAuthorizationRequest(as, client, oauth.None(), fields, INSECURE)
    const device = await oauth.processDeviceAuthorizationResponse(as, client, asked)
    rememberSecret(device.device_code)
    const poll = async () => {
      const { device_code: code } = device
      const answer = await oauth.deviceCodeGrantRequest(as, client, oauth.None(), code, INSECURE)
      return oauth.processDeviceCodeResponse(as, client, answer)
    }
    await expect(poll()).rejects.toMatchObject({ error: 'authorization_pending' })
    await expect(poll()).rejects.toMatchObject({ error: 'slow_down' })
    const { reader } = await server.browser('ada')
    await reader.open(device.verification_uri)
    await signIn(reader, 'ada')
    await reader.send('/device', { user_code: device.user_code })
    await reader.send('/device/decision')
    server.clock.advance(10_000)
    const token = await poll()
    rememberSecret(token.access_token)
    expect(await verdict(server, token.access_token, { scope: 'films:read' })).toBe('allowed')
    await expect(poll()).rejects.toMatchObject({ error: 'invalid_grant' })
  })
})
