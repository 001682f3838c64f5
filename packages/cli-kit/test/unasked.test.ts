// What a command never does unasked: read stdin, open a browser, begin a login, or believe any server.

import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import { describe, expect, test } from 'vitest'
import { chooseLoginWay } from '../src/login/choose-way.ts'
import { AUTOLAB, CHRONARY } from './world/lines.ts'
import { Home } from './world/play.ts'
import { newSecret, startProduct } from './world/product.ts'
import { startSignIn } from './world/sign-in.ts'

const CLI = join(import.meta.dirname, 'world', 'cli.ts')
const TOKEN = newSecret('al')

test('a command that needs no input leaves standard input to the next program', () => {
  const shell = `printf 'first\\nsecond\\n' | (${process.execPath} ${CLI} AUTOLAB token; ${process.execPath} ${CLI} AUTOLAB whoami --no-input >/dev/null 2>&1; cat)`
  const env = {
    ...process.env,
    HOME: new Home().path,
    AUTOLAB_TOKEN: TOKEN,
    AUTOLAB_HOST: 'http://127.0.0.1:9',
  }
  const { stdout } = spawnSync('bash', ['-c', shell], { encoding: 'utf8', env })
  expect(stdout).toBe(`${TOKEN}\nfirst\nsecond\n`)
})

test.each(['whoami', 'token ls', 'token create --name x', 'keys', 'approve ABCD-EFGH'])(
  '`%s` without a login asks nobody, begins none, and names the next command',
  async (command) => {
    const stdin = Object.assign(new PassThrough(), { isTTY: true, setRawMode: () => stdin })
    stdin.write(`${TOKEN}\r`)
    const asked: string[] = []
    const world = {
      stdin,
      fetch: (url: unknown) => Promise.reject(new Error(String(asked.push(String(url))))),
      launch: (program: string) => Promise.resolve(asked.push(program) > 0),
    }
    for (const env of [{}, { CI: 'true' }]) {
      const played = await new Home().play(AUTOLAB, { args: command.split(' '), env, world })
      expect({ exit: played.exit, asked }).toEqual({ exit: 4, asked: [] })
      expect(played.stderr).toContain('Run `autolab login`, or set AUTOLAB_TOKEN.')
    }
    expect(String(stdin.read())).toBe(`${TOKEN}\r`)
  },
)

test('no browser is opened in CI, also where --web asks for one', async () => {
  const home = new Home()
  const server = await startSignIn()
  const opened: string[] = []
  const env = { AUTOLAB_HOST: server.url, CI: 'true', DISPLAY: ':0', BROWSER: 'firefox' }
  const world = { launch: (program: string) => Promise.resolve(opened.push(program) > 0) }
  const { exit, stderr } = await home.play(AUTOLAB, { args: ['login', '--web'], env, world })
  expect({ exit, opened, asked: server.asked, files: home.files() }).toEqual({
    exit: 4,
    opened: [],
    asked: [],
    files: [],
  })
  expect(stderr).toContain('autolab login --device')
})

test.each([
  [{ DISPLAY: ':0' }, [], 'browser'],
  [{ WAYLAND_DISPLAY: 'w' }, [], 'browser'],
  [{ WSL_DISTRO_NAME: 'Debian' }, [], 'browser'],
  [{ DISPLAY: ':0', SSH_TTY: '/dev/pts/1' }, [], 'device'],
  [{ DISPLAY: ':0', SSH_CONNECTION: 'a' }, [], 'device'],
  [{ DISPLAY: ':0', GITPOD_WORKSPACE_ID: 'a' }, [], 'device'],
  [{ DISPLAY: ':0', KUBERNETES_SERVICE_HOST: 'a' }, [], 'device'],
  [{ DISPLAY: ':0', AI_AGENT: 'a' }, [], 'device'],
  [{ DISPLAY: ':0' }, ['/.dockerenv'], 'device'],
  [{ DISPLAY: ':0' }, ['/run/.containerenv'], 'device'],
  [{ DISPLAY: '' }, [], 'device'],
] as const)('with %j and %j a login goes by %s', (env, files, way) => {
  const exists = (path: string): boolean => files.some((file) => file === path)
  expect(chooseLoginWay({ env, platform: 'linux', exists }).way).toBe(way)
})

test.each([
  ['nothing', ''],
  ['an empty object', '{}'],
  ['a list', '[]'],
  ['null', 'null'],
  ['a number', '1'],
])(
  'a server that answers everything with %s is not this product, and nothing is stored',
  async (...[, body]) => {
    const product = await startProduct([])
    product.spoil((_, response) => {
      response.writeHead(200, { 'content-type': 'application/json' })
      response.end(body)
    })
    const home = new Home()
    const env = { CHRONARY_BASE_URL: product.url }
    const given = { args: ['auth', 'login'], env, typed: `${newSecret('chr_sk')}\r` }
    const { exit, stderr } = await home.play(CHRONARY, given)
    expect({ exit, files: home.files() }).toEqual({ exit: 1, files: [] })
    expect(stderr).toContain('does not say who this is')
  },
)

describe('a secret that is typed in the wrong place', () => {
  test.each([
    ['login', TOKEN],
    ['login', `--tokn=${TOKEN}`],
    ['login', '--no-verify', '--token-file', TOKEN],
    ['token', 'revoke', TOKEN],
    ['token', TOKEN],
    [TOKEN],
    ['switch', TOKEN],
    ['approve', TOKEN],
    ['config', 'get', TOKEN],
    ['completion', TOKEN],
  ])('is not repeated: %s %s', async (...args) => {
    const { url } = await startProduct([TOKEN])
    const env = { AUTOLAB_HOST: url, AUTOLAB_TOKEN: TOKEN }
    for (const more of [[], ['--json'], ['--debug']]) {
      const { exit, stdout, stderr } = await new Home().play(AUTOLAB, {
        args: [...args, ...more],
        env,
      })
      expect(exit).not.toBe(0)
      expect(`${stdout}${stderr}`).not.toContain(TOKEN)
    }
  })

  test('also one of another product', async () => {
    const other = 'sk-ant-api03-0123456789abcdef0123456789abcdef'
    const { stderr } = await new Home().play(AUTOLAB, { args: ['login', other] })
    expect(stderr).toContain('sk-ant-api0…')
    expect(stderr).not.toContain(other)
  })
})

test('a list of tokens that goes in circles ends', async () => {
  const product = await startProduct([TOKEN])
  product.spoil((_, response) => {
    response.writeHead(200, { 'content-type': 'application/json' })
    response.end('{"data": [{"id": "tok_1"}], "next_cursor": "again"}')
  })
  const env = { AUTOLAB_HOST: product.url, AUTOLAB_TOKEN: TOKEN }
  const { exit, stderr } = await new Home().play(AUTOLAB, { args: ['token', 'ls'], env })
  expect([exit, product.asked.length]).toEqual([1, 2])
  expect(stderr).toContain('does not end')
})

describe('--token-file', () => {
  test.each([
    ['never ends', '/dev/zero', 'too long'],
    ['is a folder', '/', 'cannot be read'],
    ['is not there', '/nowhere/token', 'it does not exist'],
    ['is empty', '/dev/null', 'The credential is empty'],
  ])('that %s is told', async (_fault, file, told) => {
    const args = ['login', '--no-verify', '--token-file', file]
    const { exit, stderr } = await new Home().play(AUTOLAB, { args })
    expect(exit).not.toBe(0)
    expect(stderr).toContain(told)
    expect(stderr).not.toContain('should not happen')
  })

  test('may be a pipe, as a shell makes of <(…)', () => {
    const home = new Home()
    const shell = `${process.execPath} ${CLI} AUTOLAB login --no-verify --token-file <(printf '%s' "$SECRET")`
    const env = { ...process.env, HOME: home.path, SECRET: TOKEN }
    expect(spawnSync('bash', ['-c', shell], { env }).status).toBe(0)
    expect(home.read('.config/autolab/credentials.json')).toContain(TOKEN)
  })
})
