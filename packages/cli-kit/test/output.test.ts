// What goes to which stream, in which form, and how a command ends.

import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { AUTOLAB, CHRONARY, METHODIC } from './world/lines.ts'
import { Home } from './world/play.ts'
import { newSecret, startProduct } from './world/product.ts'

const TOKEN = newSecret('al')
const CLI = join(import.meta.dirname, 'world', 'cli.ts')
/** Retries wait in no time. */
const AT_ONCE = { wait: () => Promise.resolve() }

describe('complaint 20: what went wrong is told as what it is', () => {
  test.each([
    [401, 'invalid_key', 4, 'invalid_credential'],
    [403, 'insufficient_scope', 5, 'forbidden'],
    [404, 'key_not_found', 6, 'not_found'],
    [429, 'rate_limited', 7, 'rate_limited'],
    [429, 'quota_exhausted', 7, 'quota_exhausted'],
    [503, 'unavailable', 1, 'server_failed'],
  ])('%i %s ends with %i, in text and as JSON', async (...[status, code, exit, told]) => {
    const product = await startProduct([TOKEN])
    product.spoil((_, response) => {
      response.writeHead(status, {
        'content-type': 'application/problem+json',
        'x-request-id': 'req_7',
        'retry-after': '3',
      })
      response.end(
        JSON.stringify({ code, title: 'No', detail: 'Not this time.', scope: 'keys:read' }),
      )
    })
    const env = { AUTOLAB_HOST: product.url, AUTOLAB_TOKEN: TOKEN }
    const given = { env, world: AT_ONCE }
    const text = await new Home().play(AUTOLAB, { args: ['whoami'], ...given })
    const json = await new Home().play(AUTOLAB, { args: ['whoami', '--json'], ...given })
    expect([text.exit, json.exit, text.stdout, json.stdout]).toEqual([exit, exit, '', ''])
    expect(text.stderr).toMatch(/^autolab: Not this time\./)
    expect(JSON.parse(json.stderr)).toEqual({
      error: expect.objectContaining({ code: told, request_id: 'req_7', retry_after: 3 }),
    })
  })

  test('a rejected credential is told with the place it came from', async () => {
    const { url } = await startProduct([])
    const env = { AUTOLAB_HOST: url, AUTOLAB_TOKEN: TOKEN }
    const { stderr } = await new Home().play(AUTOLAB, { args: ['whoami'], env })
    expect(stderr).toContain('The credential came from AUTOLAB_TOKEN.')
  })
})

describe('a server that is not what it should be', () => {
  test.each([
    ['a web page', 200, { 'content-type': 'text/html' }, '<!doctype html><p>Sign in', 'a web page'],
    ['another product', 200, { 'content-type': 'text/plain' }, 'hello', 'not from the API'],
    [
      'an API that takes every request',
      200,
      { 'content-type': 'application/json' },
      '{"foo":1}',
      'does not say who this is',
    ],
    ['a redirect', 302, { location: 'https://elsewhere.example/' }, '', 'was not sent there'],
    [
      'half an answer',
      200,
      { 'content-type': 'application/json' },
      '{"person":',
      'not from the API',
    ],
  ])('%s is named as such, and nothing is stored', async (...[, status, headers, body, told]) => {
    const product = await startProduct([TOKEN])
    product.spoil((_, response) => response.writeHead(status, headers).end(body))
    const home = new Home()
    const args = ['login', '--with-token', '--server-url', product.url]
    const { exit, stderr } = await home.play(AUTOLAB, { args, piped: TOKEN, world: AT_ONCE })
    expect({ exit, files: home.files() }).toEqual({ exit: 1, files: [] })
    expect(stderr).toContain(told)
  })

  test('one that is down ends with 8, and nothing is stored', async () => {
    const server = createServer()
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const { port } = server.address() as AddressInfo
    await new Promise((resolve) => server.close(resolve))
    const home = new Home()
    const args = ['login', '--with-token', '--server-url', `http://127.0.0.1:${port}`]
    const { exit, stderr } = await home.play(AUTOLAB, { args, piped: TOKEN, world: AT_ONCE })
    expect({ exit, files: home.files() }).toEqual({ exit: 8, files: [] })
    expect(stderr).toContain('nothing listens there')
  })

  test('one that never answers ends with 8 after the time that the settings say', async () => {
    const product = await startProduct([])
    product.spoil(() => undefined)
    const env = { CHRONICLE_SERVER_URL: product.url, CHRONICLE_TIMEOUT: '0.05' }
    const given = {
      args: ['auth', 'login'],
      env,
      typed: `${newSecret('sk_user')}\r`,
      world: AT_ONCE,
    }
    const { exit, stderr } = await new Home().play(METHODIC, given)
    expect(exit).toBe(8)
    expect(stderr).toContain('within 0.05 s')
  })

  test('plain http to another machine is refused before anything is asked', async () => {
    const args = ['login', '--with-token', '--server-url', 'http://lab.example']
    const { exit, stderr } = await new Home().play(AUTOLAB, { args, piped: TOKEN })
    expect(exit).toBe(2)
    expect(stderr).toContain('plain http')
  })
})

describe('complaint 16: scripts can rely on a command', () => {
  test('status ends with 4 when there is no credential, and when it lives shorter than --min-ttl', async () => {
    const product = await startProduct([TOKEN])
    const none = await new Home().play(AUTOLAB, { args: ['status', '--json'] })
    expect([none.exit, none.stdout]).toEqual([4, expect.stringContaining('"setting": "token"')])
    product.spoil((_, response) => {
      response.writeHead(200, { 'content-type': 'application/json' })
      const key = { kind: 'personal', expires_at: new Date(Date.now() + 60_000).toISOString() }
      response.end(JSON.stringify({ person: { name: 'Jane' }, organizations: [], key }))
    })
    const env = { AUTOLAB_HOST: product.url, AUTOLAB_TOKEN: TOKEN }
    const ending = await new Home().play(AUTOLAB, { args: ['status', '--min-ttl', '30m'], env })
    expect(ending.exit).toBe(4)
    const lasting = await new Home().play(AUTOLAB, { args: ['status', '--min-ttl', '30s'], env })
    expect(lasting.exit).toBe(0)
  })

  test('flags of every command stand before or after its name', async () => {
    const env = { AUTOLAB_TOKEN: TOKEN }
    const before = await new Home().play(AUTOLAB, { args: ['--json', 'token'], env })
    const after = await new Home().play(AUTOLAB, { args: ['token', '--json'], env })
    expect(before).toEqual(after)
    expect(JSON.parse(after.stdout)).toMatchObject({ token: TOKEN, source: 'AUTOLAB_TOKEN' })
  })

  test('a usage failure names the help of the command that was meant', async () => {
    const play = (...args: string[]) => new Home().play(AUTOLAB, { args })
    expect((await play('token', 'revoke')).stderr).toContain('See `autolab token revoke --help`.')
    expect((await play('whoami', '--nothing')).stderr).toContain('See `autolab whoami --help`.')
    expect((await play('--nothing')).stderr).toContain('See `autolab --help`.')
    expect((await play('status', '--min-ttl', '5x')).stdout).toBe('')
  })

  test('a usage failure is JSON too where JSON was asked for, with a suggestion', async () => {
    const { exit, stdout, stderr } = await new Home().play(AUTOLAB, { args: ['whoamI', '--json'] })
    expect([exit, stdout]).toEqual([2, ''])
    expect(JSON.parse(stderr)).toEqual({
      error: {
        code: 'usage',
        message: expect.any(String),
        hint: expect.stringContaining('whoami'),
      },
    })
  })

  test('--quiet leaves data and warnings', async () => {
    const { url } = await startProduct([TOKEN])
    const env = { AUTOLAB_HOST: url, AUTOLAB_TOKEN: TOKEN }
    const args = ['token', 'create', '--name', 'x', '--quiet']
    expect((await new Home().play(AUTOLAB, { args, env })).stderr).toBe('')
  })

  test('--debug tells requests and no secret', async () => {
    const { url } = await startProduct([TOKEN])
    const env = { AUTOLAB_HOST: url, AUTOLAB_TOKEN: TOKEN }
    const { stderr } = await new Home().play(AUTOLAB, { args: ['whoami', '--debug'], env })
    expect(stderr).toContain('/v1/me/scopes')
    expect(stderr).not.toContain(TOKEN)
  })
})

describe('colours', () => {
  test.each([
    ['a terminal', {}, [], true],
    ['NO_COLOR', { NO_COLOR: '1' }, [], false],
    ['an empty NO_COLOR', { NO_COLOR: '' }, [], true],
    ['TERM=dumb', { TERM: 'dumb' }, [], false],
    ['--no-color', {}, ['--no-color'], false],
  ])('%s decides for stderr', async (...[, env, flags, isColored]) => {
    const given = { args: ['whoami', ...flags], env, typed: '' }
    const { stderr } = await new Home().play(AUTOLAB, given)
    expect(stderr.includes('\u001B[31m')).toBe(isColored)
  })

  test('what a server says cannot move the cursor, set the title or hide text', async () => {
    const product = await startProduct([TOKEN])
    product.spoil((_, response) => {
      response.writeHead(200, { 'content-type': 'application/json' })
      const name = 'Jane\u001B]0;owned\u0007\u001B[2J\u202Eeod\rroot'
      response.end(JSON.stringify({ person: { name }, organizations: [] }))
    })
    const env = { AUTOLAB_HOST: product.url, AUTOLAB_TOKEN: TOKEN }
    const { stdout } = await new Home().play(AUTOLAB, { args: ['whoami'], env })
    expect(stdout).toBe(`${product.url}  Jane]0;owned[2Jeodroot\n`)
  })

  test('under --json it is all there and steers nothing', async () => {
    const product = await startProduct([TOKEN])
    const name = 'Jane\u009B2J\u202Eeod\u001B[2J\u2028é'
    product.spoil((_, response) => {
      response.writeHead(200, { 'content-type': 'application/json' })
      response.end(JSON.stringify({ person: { name }, organizations: [] }))
    })
    const env = { AUTOLAB_HOST: product.url, AUTOLAB_TOKEN: TOKEN }
    const { stdout } = await new Home().play(AUTOLAB, { args: ['whoami', '--json'], env })
    expect(stdout).not.toMatch(/[\u007F-\u009F\u202E\u2028]/)
    expect(JSON.parse(stdout)).toMatchObject({ name })
    expect(stdout).toContain('é')
  })
})

describe('a start', () => {
  test('--version loads no module that a command needs', () => {
    const trace = `
      import { registerHooks } from 'node:module'
      const loaded = []
      registerHooks({ load: (url, context, next) => { loaded.push(url); return next(url, context) } })
      process.on('exit', () => process.stderr.write(loaded.join('\\n')))
    `
    const { stdout, stderr, status } = spawnSync(
      process.execPath,
      [
        '--import',
        `data:text/javascript,${encodeURIComponent(trace)}`,
        CLI,
        'METHODIC',
        '--version',
      ],
      { encoding: 'utf8' },
    )
    expect([status, stdout]).toEqual([0, '1.2.3\n'])
    expect(stderr).toContain('/cli-kit/src/tree/build.ts')
    expect(stderr).not.toMatch(
      /node_modules\/(yaml|oauth4webapi)\/|cli-kit\/src\/(verb|store|login|api)\//,
    )
  })

  test('output that a full disk does not take ends with 1 and one line', () => {
    const env = { ...process.env, AUTOLAB_TOKEN: TOKEN, HOME: new Home().path }
    const shell = `${process.execPath} ${CLI} AUTOLAB token > /dev/full`
    const { status, stderr } = spawnSync('sh', ['-c', shell], { encoding: 'utf8', env })
    expect([status, stderr]).toEqual([1, 'The output cannot be written (ENOSPC).\n'])
  })

  test('a reader that has seen enough ends a command in silence', () => {
    const shell = `${process.execPath} ${CLI} AUTOLAB completion bash | head -1`
    const { stdout, stderr } = spawnSync('sh', ['-c', shell], { encoding: 'utf8' })
    expect([stdout, stderr]).toEqual(['_autolab() {\n', ''])
  })
})

test.each(['bash', 'zsh', 'fish', 'powershell'])(
  'completion %s offers commands and their flags',
  async (shell) => {
    const { exit, stdout } = await new Home().play(CHRONARY, { args: ['completion', shell] })
    expect(exit).toBe(0)
    for (const word of ['auth', 'switch', 'with-token', 'api-key']) expect(stdout).toContain(word)
  },
)

test('the script for bash completes what was begun', async () => {
  const { stdout } = await new Home().play(CHRONARY, { args: ['completion', 'bash'] })
  const ask =
    'COMP_WORDS=(chronary auth --json sw); COMP_CWORD=3; _chronary; echo "${COMPREPLY[@]}"'
  const { stdout: offered } = spawnSync('bash', ['-c', `${stdout}\n${ask}`], { encoding: 'utf8' })
  expect(offered).toBe('switch\n')
})
