// A login by code against a server that answers each poll as a test says (RFC 8628, section 3.5).

import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { AUTOLAB } from './world/lines.ts'
import { Home } from './world/play.ts'
import { newSecret } from './world/product.ts'

const TOKEN = newSecret('al')

type Poll = 'authorization_pending' | 'slow_down' | 'access_denied' | 'expired_token' | 'granted'

/** Sends JSON until the other side has had enough. */
function pour(response: ServerResponse): void {
  const chunk = 'a'.repeat(1_048_576)
  const more = (): void => {
    while (!response.destroyed) if (!response.write(chunk)) return void response.once('drain', more)
  }
  response.writeHead(200, { 'content-type': 'application/json' }).write('{"issuer":"')
  more()
}

/** An authorization server and API whose polls are answered in turn; the last answer stays. */
async function startServer(
  polls: readonly Poll[],
  { endless, ...begun }: { readonly endless?: string } = {},
): Promise<string> {
  const left = [...polls]
  const server = createServer((request, response) => {
    const { host } = request.headers
    const url = `http://${host}`
    const answer = (status: number, document: object): void => {
      response.writeHead(status, { 'content-type': 'application/json' })
      response.end(JSON.stringify(document))
    }
    if (request.url === endless) return pour(response)
    switch (request.url) {
      case '/.well-known/oauth-authorization-server':
        return answer(200, {
          issuer: url,
          token_endpoint: `${url}/token`,
          device_authorization_endpoint: `${url}/device`,
        })
      case '/device':
        return answer(200, {
          device_code: 'a-code-that-nobody-sees',
          user_code: 'ABCD-EFGH',
          verification_uri: `${url}/enter`,
          expires_in: 600,
          ...begun,
        })
      case '/token': {
        const poll = left.length > 1 ? left.shift() : left[0]
        if (poll !== 'granted') return answer(400, { error: poll })
        return answer(200, { access_token: TOKEN, token_type: 'bearer' })
      }
      default:
        return answer(200, { person: { name: 'Jane Doe' }, organizations: [] })
    }
  })
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  onTestFinished(() => void server.close())
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

async function login(polls: readonly Poll[], begun?: object, flags = ['--device']) {
  const home = new Home()
  const waits: number[] = []
  const wait = (milliseconds: number): Promise<void> => {
    waits.push(milliseconds)
    return Promise.resolve()
  }
  const env = { AUTOLAB_HOST: await startServer(polls, begun) }
  const played = await home.play(AUTOLAB, { args: ['login', ...flags], env, world: { wait } })
  return { ...played, waits, files: home.files() }
}

test('polls come every five seconds, and five later for good after each slow_down', async () => {
  const polls = ['authorization_pending', 'slow_down', 'slow_down', 'granted'] as const
  expect(await login(polls)).toMatchObject({ exit: 0, waits: [5000, 5000, 10_000, 15_000] })
})

test.each([
  [9, 9000],
  [0.001, 1000],
])('the interval of %d s that a server names is %i ms', async (interval, wait) => {
  expect((await login(['granted'], { interval })).waits).toEqual([wait])
})

test('an interval of a year asks nobody to wait for it', async () => {
  const { exit, waits } = await login(['granted'], { interval: 31_536_000, expires_in: 600 })
  expect([exit, waits]).toEqual([4, []])
})

test.each([
  ['access_denied', 'The login was refused.'],
  ['expired_token', 'was not approved in time'],
] as const)('%s ends a login at once with 4, and nothing is stored', async (poll, told) => {
  const { exit, stderr, waits, files } = await login(['authorization_pending', poll])
  expect({ exit, polls: waits.length, files }).toEqual({ exit: 4, polls: 2, files: [] })
  expect(stderr).toContain(told)
  expect(stderr).not.toContain('a-code-that-nobody-sees')
})

test.each([
  ['javascript:alert(1)', 'javascript URL'],
  ['http://login.example/enter', 'http URL'],
])('a page that is %s is not shown', async (verification_uri, told) => {
  const { exit, stderr } = await login(['granted'], { verification_uri })
  expect([exit, stderr.includes(verification_uri)]).toEqual([1, false])
  expect(stderr).toContain(told)
})

test.each([
  { verification_uri: 'javascript:alert(1)' },
  { verification_uri_complete: 'file:///etc/passwd' },
])('a program that would open it is not told %j either', async (begun) => {
  const { exit, stdout, files } = await login(['granted'], begun, ['--start', '--json'])
  expect({ exit, stdout, files }).toEqual({ exit: 1, stdout: '', files: [] })
})

test('a code that is said to count for ever counts for a day', async () => {
  const { exit, stdout } = await login(['granted'], { expires_in: 1e300 }, ['--start', '--json'])
  expect(exit).toBe(9)
  const { expires_at } = JSON.parse(stdout) as { expires_at: string }
  expect(Date.parse(expires_at)).toBeLessThanOrEqual(Date.now() + 86_400_000)
})

test('a code with escape sequences in it cannot steer the terminal', async () => {
  const { stderr } = await login(['granted'], {
    user_code: 'AB\u001B[2J\u001B]0;x\u0007\nwarning: C',
  })
  expect(stderr).toContain('and enter the code AB[2J]0;x warning: C\n')
})

test.each(['/.well-known/oauth-authorization-server', '/device', '/token'])(
  'an answer without an end to %s ends the login, and nothing is stored',
  async (endless) => {
    const { exit, stderr, files } = await login(['granted'], { endless })
    expect({ exit, files }).toEqual({ exit: 1, files: [] })
    expect(stderr).toContain('does not answer as a login server does')
  },
)
