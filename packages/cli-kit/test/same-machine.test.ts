// `localhost` is two addresses of this machine, and at one of them somebody else can listen.

import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { AUTOLAB } from './world/lines.ts'
import { Home } from './world/play.ts'
import { newSecret } from './world/product.ts'

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

test('the server that answered is the one that is asked on, under the name that the person gave it', async () => {
  const token = newSecret('al')
  const server = createServer(({ url = '', headers }, response) => {
    const port = headers.host?.split(':')[1] ?? ''
    response.setHeader('content-type', 'application/json')
    response.end(JSON.stringify(answersOf(`http://localhost:${port}`, token)[url] ?? {}))
  })
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  onTestFinished(() => void server.close())
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const asked: string[] = []
  const home = new Home()
  const play = (...args: string[]) =>
    home.play(AUTOLAB, {
      args,
      env: { AUTOLAB_HOST: url },
      world: {
        wait: () => Promise.resolve(),
        fetch: (input, init) => {
          asked.push(new Request(input, init).url.replace(url, ''))
          return fetch(input, init)
        },
      },
    })
  expect((await play('login', '--device')).exit).toBe(0)
  expect((await play('logout')).stderr).toContain('It is ended at')
  // Each begins with the address, which is taken away.
  expect(asked.filter((each) => !each.startsWith('/'))).toEqual([])
  expect(asked).toEqual(expect.arrayContaining(['/device', '/token', '/revoke?now=1']))
})
