// `localhost` is two addresses of this machine, and at one of them somebody else can listen.

import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { networkInterfaces } from 'node:os'
import { expect, onTestFinished, test } from 'vitest'
import { AUTOLAB } from './world/lines.ts'
import { Home } from './world/play.ts'
import { newSecret } from './world/product.ts'

const HAS_BOTH = networkInterfaces()['lo']?.some(({ address }) => address === '::1') === true

async function listen(host: string, port: number, answer: RequestListener): Promise<number> {
  const server = createServer(answer)
  await new Promise<void>((resolve) => {
    server.listen({ host, port }, resolve)
  })
  onTestFinished(() => void server.close())
  return (server.address() as AddressInfo).port
}

/** What a server answers whose own name is `localhost`, as that of `keywright serve` is. */
function answersOf(url: string, token: string): Readonly<Record<string, object>> {
  return {
    '/.well-known/oauth-authorization-server': {
      issuer: url,
      token_endpoint: `${url}/token`,
      device_authorization_endpoint: `${url}/device`,
      revocation_endpoint: `${url}/revoke?now=1`,
    },
    '/device': {
      device_code: 'a-code-that-nobody-sees',
      user_code: 'ABCD-EFGH',
      verification_uri: `${url}/enter`,
      expires_in: 600,
    },
    '/token': { access_token: token, token_type: 'bearer' },
    '/revoke?now=1': {},
    '/v1/me/scopes': { person: { name: 'Jane Doe' }, organizations: [] },
  }
}

test.runIf(HAS_BOTH)(
  'the server that answered is the one that is asked on, whoever else listens at the same port',
  async () => {
    const [asked, elsewhere]: [string[], string[]] = [[], []]
    const token = newSecret('al')
    const port = await listen('127.0.0.1', 0, ({ url = '' }, response) => {
      asked.push(url)
      response.setHeader('content-type', 'application/json')
      response.end(JSON.stringify(answersOf(`http://localhost:${port}`, token)[url] ?? {}))
    })
    await listen('::1', port, ({ url = '' }, response) => {
      elsewhere.push(url)
      response.end('{}')
    })
    const home = new Home()
    const play = (...args: string[]) =>
      home.play(AUTOLAB, {
        args,
        env: { AUTOLAB_HOST: `http://127.0.0.1:${port}` },
        world: { wait: () => Promise.resolve() },
      })
    expect((await play('login', '--device')).exit).toBe(0)
    expect((await play('logout')).stderr).toContain('It is ended at')
    expect(asked).toEqual(expect.arrayContaining(['/device', '/token', '/revoke?now=1']))
    expect(elsewhere).toEqual([])
  },
)
