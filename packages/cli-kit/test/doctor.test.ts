// What `doctor` finds over real files, a real repository and a real server, each with its fix.

import { spawnSync } from 'node:child_process'
import { chmodSync, chownSync, mkdirSync, utimesSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { isWithoutProxy } from '../src/world/proxy.ts'
import { ACME, CHRONARY } from './world/lines.ts'
import { Home } from './world/play.ts'
import { newSecret, startProduct } from './world/product.ts'

const KEY = newSecret('chr_sk')
const FILE = '.config/chronary/config.json'
const STORED = JSON.stringify({ active: 'work', profiles: { work: { api_key: KEY } } })

async function atHome() {
  const home = new Home()
  const { url } = await startProduct([KEY])
  await home.put({ [FILE]: STORED })
  const env = { CHRONARY_BASE_URL: url, PATH: process.env['PATH'] ?? '' }
  const doctor = async (change: object = {}, args: readonly string[] = []) => {
    const given = { args: ['auth', 'doctor', '--json', ...args], env, ...change }
    const { exit, stdout } = await home.play(CHRONARY, given)
    const found = JSON.parse(stdout) as { code: string; problem: string; is_fixed: boolean }[]
    return { exit, found, codes: found.map(({ code }) => code) }
  }
  return { home, env, url, doctor }
}

function git(folder: string, ...args: readonly string[]): void {
  const { status, stderr } = spawnSync('git', ['-C', folder, ...args], { encoding: 'utf8' })
  if (status !== 0) throw new Error(stderr)
}

test('a login in order has no findings', async () => {
  const { doctor } = await atHome()
  expect(await doctor()).toEqual({ exit: 0, found: [], codes: [] })
})

test.each(['lock', 'key.lock'])(
  'a %s of a process that is gone is found, and taken away by --fix',
  async (kind) => {
    const { home, doctor } = await atHome()
    const lock = join(home.path, `${FILE}.${kind}`)
    mkdirSync(lock)
    const holder = { processId: 999_999_999, hostName: (await import('node:os')).hostname() }
    writeFileSync(join(lock, 'holder.json'), JSON.stringify(holder))
    expect(await doctor()).toMatchObject({ exit: 1, codes: ['stale_lock'] })
    expect(await doctor({}, ['--fix'])).toMatchObject({ exit: 0, codes: ['stale_lock'] })
    expect(home.files()).toEqual([`600 ${FILE}`])
  },
)

test('a file that others may write is not trusted again by --fix: somebody has to look at what it says', async () => {
  const { home, doctor } = await atHome()
  await home.put({ [FILE]: { text: STORED, mode: 0o600 } })
  chmodSync(join(home.path, FILE), 0o666)
  expect(await doctor({}, ['--fix'])).toMatchObject({
    exit: 1,
    codes: ['unsafe_file', 'missing_setting'],
  })
  expect(home.files()).toEqual([`666 ${FILE}`])
})

test('the lock of a process that is at work is no finding', async () => {
  const { home, doctor } = await atHome()
  const lock = join(home.path, `${FILE}.lock`)
  mkdirSync(lock)
  const holder = { processId: process.pid, hostName: (await import('node:os')).hostname() }
  writeFileSync(join(lock, 'holder.json'), JSON.stringify(holder))
  utimesSync(lock, 0, 0)
  expect(await doctor()).toMatchObject({ exit: 0, codes: [] })
})

test('a credential that git keeps is found, also where the home folder is the repository', async () => {
  const { home, doctor } = await atHome()
  git(home.path, 'init', '--quiet')
  expect((await doctor()).codes).toEqual([])
  git(home.path, 'add', FILE)
  const { exit, codes, found } = await doctor()
  expect({ exit, codes }).toEqual({ exit: 1, codes: ['tracked_by_git'] })
  expect(found[0]).toMatchObject({ is_fixed: false })
})

test('a credential in a repository is found before anybody adds it', async () => {
  const { home, env, doctor } = await atHome()
  await home.put({ 'project/keys/config.json': STORED })
  git(join(home.path, 'project'), 'init', '--quiet')
  const inside = { ...env, CHRONARY_CONFIG_DIR: join(home.path, 'project/keys') }
  expect(await doctor({ env: inside })).toMatchObject({ exit: 1, codes: ['in_repository'] })
})

test('a copy of the credentials that git keeps in the current repository is found', async () => {
  const { home, doctor } = await atHome()
  await home.put({ 'dotfiles/.config/chronary/config.json': STORED, 'dotfiles/config.json': '{}' })
  const folder = join(home.path, 'dotfiles')
  git(folder, 'init', '--quiet')
  git(folder, 'add', 'config.json')
  expect((await doctor({ world: { folder } })).codes).toEqual([])
  git(folder, 'add', '.')
  const { exit, codes } = await doctor({ world: { folder: join(folder, '.config') } })
  expect({ exit, codes }).toEqual({ exit: 1, codes: ['tracked_by_git'] })
})

test('plain text is a finding only where something would seal it, and is said otherwise', async () => {
  const { home, env } = await atHome()
  const profiles = { default: { api_key: newSecret('acme_pk') } }
  await home.put({ '.config/acme/config.json': JSON.stringify({ profiles }) })
  // Where no tool of a keychain can be.
  const base = { ACME_SERVER_URL: env.CHRONARY_BASE_URL, PATH: home.path }
  const doctor = (more: object) => home.play(ACME, { args: ['doctor'], env: { ...base, ...more } })
  expect(await doctor({})).toEqual({
    exit: 0,
    stdout: '',
    stderr:
      'The stored credential is plain text, because there is no keychain to ask: secret-tool is not installed.\n' +
      'Nothing is wrong.\n',
  })
  const storeKey = Buffer.alloc(32, 7).toString('base64')
  const { exit, stdout } = await doctor({ ACME_STORE_KEY: storeKey })
  expect(exit).toBe(1)
  expect(stdout).toMatch(/plain text.*`acme login --store encrypted-file`\.$/m)
})

test('what is missing is told in the words of a command line, and how much is left', async () => {
  const home = new Home()
  const { url } = await startProduct([KEY])
  const given = { args: ['auth', 'doctor'], env: { CHRONARY_BASE_URL: url } }
  const { stdout, stderr } = await home.play(CHRONARY, given)
  expect(stdout).toBe(
    'problem  There is no api_key. Run `chronary auth login`, or set CHRONARY_API_KEY.\n',
  )
  expect(stderr).toContain('chronary: One problem is left.\n')
  const why = await home.play(CHRONARY, { ...given, args: ['auth', 'why'] })
  expect(why.stderr).not.toContain('pass')
})

test('paths are shown with ~ in what doctor finds and in what keeps a command from a login', async () => {
  const { home, env } = await atHome()
  chmodSync(join(home.path, FILE), 0o666)
  const shown: string[] = []
  const stream = { isTTY: false, write: (text: string) => shown.push(text) }
  for (const command of ['doctor', 'status', 'why']) {
    const world = { stdout: stream, stderr: stream }
    await home.play(CHRONARY, { args: ['auth', command], env, world })
  }
  expect(shown.join('')).toContain('~/.config/chronary/config.json can be changed by others')
  expect(shown.join('')).not.toContain(home.path)
})

test.runIf(process.geteuid?.() === 0)(
  'a credential file of another user is found, and each command warns of it',
  async () => {
    const { home, env, doctor } = await atHome()
    chownSync(join(home.path, FILE), 65_534, 65_534)
    expect(await doctor()).toMatchObject({ exit: 1, codes: ['foreign_owner'] })
    const { exit, stderr } = await home.play(CHRONARY, { args: ['auth', 'status'], env })
    expect(exit).toBe(0)
    expect(stderr).toContain('belongs to another user (id 65534), who can change it')
  },
)

test('a lock that a killed rotation left is found too', async () => {
  const { home, doctor } = await atHome()
  mkdirSync(join(home.path, `${FILE}.renewal.lock`))
  utimesSync(join(home.path, `${FILE}.renewal.lock`), 0, 0)
  expect(await doctor({}, ['--fix'])).toMatchObject({ exit: 0, codes: ['stale_lock'] })
})

test('a variable that hides the stored login is found, with how to unset it', async () => {
  const { home, env } = await atHome()
  const given = { args: ['auth', 'doctor'], env: { ...env, CHRONARY_API_KEY: KEY } }
  const { exit, stdout } = await home.play(CHRONARY, given)
  expect(exit).toBe(1)
  expect(stdout).toContain('CHRONARY_API_KEY is set and hides the stored login')
  expect(stdout).toContain('unset CHRONARY_API_KEY')
})

test.each([
  [61_000, ['clock_skew']],
  [-61_000, ['clock_skew']],
  [30_000, []],
])('a clock that is %i ms off is told by the date of the server', async (off, codes) => {
  const { env, doctor } = await atHome()
  const at = Date.UTC(2026, 10, 21, 12)
  const server = createServer((_, response) => {
    response.sendDate = false
    response.writeHead(404, { date: new Date(at).toUTCString() }).end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const change = { env: { ...env, CHRONARY_BASE_URL: url }, world: { now: () => at + off } }
  expect((await doctor(change)).codes).toEqual(codes)
})

test('a server that cannot be reached is a finding of its own', async () => {
  const { env, doctor } = await atHome()
  const change = { env: { ...env, CHRONARY_BASE_URL: 'http://127.0.0.1:9' } }
  expect(await doctor(change)).toMatchObject({ exit: 1, codes: ['unreachable'] })
})

test.each([
  [
    'https://api.test',
    {},
    'api.test is asked through the proxy proxy.test:3128, which HTTPS_PROXY names.',
  ],
  [
    'https://api.test',
    { NO_PROXY: '.other, api.test' },
    'HTTPS_PROXY is set; NO_PROXY takes api.test out.',
  ],
  [
    'http://127.0.0.1:9',
    {},
    'HTTPS_PROXY is set; it is not used for 127.0.0.1:9, which is asked in plain http.',
  ],
])('the way to %s is told with %j', async (url, more, said) => {
  const { home } = await atHome()
  const proxy = { HTTPS_PROXY: 'http://jane:hunter2@proxy.test:3128', CHRONARY_BASE_URL: url }
  const { stdout, stderr } = await home.play(CHRONARY, {
    args: ['auth', 'doctor'],
    env: { ...proxy, ...more },
    world: { fetch: () => Promise.resolve(new Response(null)) },
  })
  expect(stderr).toContain(`${said}\n`)
  expect(stdout + stderr).not.toContain('hunter2')
})

test('a proxy that is no address is a finding, and is not repeated', async () => {
  const { env, home } = await atHome()
  const given = { args: ['auth', 'doctor'], env: { ...env, https_proxy: 'jane:hunter2@proxy' } }
  const { exit, stdout, stderr } = await home.play(CHRONARY, given)
  expect(exit).toBe(1)
  expect(stdout + stderr).not.toContain('hunter2')
})

test('on Windows the access list of the folder is what is told, not modes', async () => {
  const { home, env } = await atHome()
  const given = { args: ['auth', 'doctor'], env, world: { platform: 'win32' as const } }
  const { stderr } = await home.play(CHRONARY, given)
  expect(stderr).toMatch(
    /^On Windows modes mean nothing: the access list of \S+ protects the login\./m,
  )
})

test.each([
  ['*', 'https://any.test', true],
  ['api.test', 'https://api.test', true],
  ['API.test', 'https://api.test:8443', true],
  ['api.test:443', 'https://api.test', true],
  ['api.test:444', 'https://api.test', false],
  ['api.test', 'https://an.api.test', true],
  ['api.test', 'https://myapi.test', false],
  ['.test', 'https://api.test', true],
  ['*.api.test', 'https://an.api.test', true],
  ['*.api.test', 'https://api.test', true],
  ['*test', 'https://a.test', false],
  ['evil.test api.test', 'https://api.test', true],
  ['my-api.test', 'https://my-api.test', true],
  ['', 'https://api.test', false],
  [' , ', 'https://api.test', false],
])('NO_PROXY=%j for %s: %j', (list, url, isOut) => {
  expect(isWithoutProxy(list, new URL(url))).toBe(isOut)
})
