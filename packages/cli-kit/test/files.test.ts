// Credential files: whole after any crash, one writer at a time, owner-only, links kept.

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, readdir, symlink, writeFile } from 'node:fs/promises'
import { hostname } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { mergeYaml } from '../src/files/merge-yaml.ts'
import { CHRONARY, METHODIC } from './world/lines.ts'
import { Home } from './world/play.ts'
import { newSecret, startProduct } from './world/product.ts'

const KILLS = 6

test('a writer that is killed at any moment leaves the old content or the new, never half of one', async () => {
  const home = new Home()
  const path = join(home.path, 'private', 'credentials.yaml')
  for (let kill = 0; kill < KILLS; kill += 1) {
    const child = spawn(process.execPath, [join(import.meta.dirname, 'world', 'writer.ts'), path], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    await once(child.stdout, 'data')
    // A different moment of its loop each time.
    for (let turn = 0; turn < kill * 14; turn += 1) await new Promise(setImmediate)
    child.kill('SIGKILL')
    await once(child, 'close')
    expect(home.read('private/credentials.yaml')).toMatch(/^api_key: (\d)\1{19999}\n$/)
    expect(home.modeOf('private/credentials.yaml')).toBe('600')
  }
  // The next login clears what the killed ones left: a lock without an owner, a draft with a secret in it.
  const { url } = await startProduct([KEY])
  const env = { CHRONICLE_CONFIG_DIR: join(home.path, 'private'), CHRONICLE_SERVER_URL: url }
  const { exit } = await home.play(METHODIC, { args: ['auth', 'login'], env, typed: `${KEY}\r\r` })
  expect(exit).toBe(0)
  expect(await readdir(join(home.path, 'private'))).toEqual(['credentials.yaml'])
})

const KEY = newSecret('sk_user')

test('logins at the same time to different profiles all stay', async () => {
  const home = new Home()
  const keys = Array.from({ length: 12 }, () => newSecret('chr_sk'))
  const { url } = await startProduct(keys)
  const logins = keys.map((key, index) =>
    home.play(CHRONARY, {
      args: ['auth', 'login', '--profile', `p${index}`, '--with-token'],
      env: { CHRONARY_BASE_URL: url },
      piped: key,
    }),
  )
  for (const { exit } of await Promise.all(logins)) expect(exit).toBe(0)
  const stored = JSON.parse(home.read('.config/chronary/config.json')) as {
    profiles: Record<string, { api_key: string }>
  }
  expect(keys.map((_, index) => stored.profiles[`p${index}`]?.api_key)).toEqual(keys)
})

test('a login that another process renews while a command is at work is used, and one that ends is told', async () => {
  const home = new Home()
  const file = '.config/chronary/config.json'
  const [older, newer] = [newSecret('chr_sk'), newSecret('chr_sk')]
  const product = await startProduct([newer])
  const stored = (key: string): string =>
    JSON.stringify({ profiles: { default: { api_key: key } } })
  await home.put({ [file]: stored(older) })
  const renewing = async (...asked: Parameters<typeof fetch>): Promise<Response> => {
    await home.put({ [file]: stored(newer) })
    return fetch(...asked)
  }
  const env = { CHRONARY_BASE_URL: product.url }
  const args = ['auth', 'status']
  const renewed = await home.play(CHRONARY, { args, env, world: { fetch: renewing } })
  expect([renewed.exit, product.asked.length]).toEqual([0, 2])
  await home.put({ [file]: stored(older) })
  expect((await home.play(CHRONARY, { args, env })).exit).toBe(4)
  expect(product.asked).toHaveLength(3)
})

test('a profile that somebody switches to while a command is at work is not asked in its place', async () => {
  const home = new Home()
  const [ended, other] = [newSecret('chr_sk'), newSecret('chr_sk')]
  const product = await startProduct([other])
  const stored = (active: string): string =>
    JSON.stringify({ active, profiles: { mine: { api_key: ended }, theirs: { api_key: other } } })
  const file = '.config/chronary/config.json'
  await home.put({ [file]: stored('mine') })
  const switching = async (...asked: Parameters<typeof fetch>): Promise<Response> => {
    await home.put({ [file]: stored('theirs') })
    return fetch(...asked)
  }
  const { exit } = await home.play(CHRONARY, {
    args: ['auth', 'status'],
    env: { CHRONARY_BASE_URL: product.url },
    world: { fetch: switching },
  })
  expect([exit, product.asked.length]).toEqual([4, 1])
})

test('the lock of a running process is waited for, then told with its number', async () => {
  const home = new Home()
  const lock = join(home.path, '.config/chronary/config.json.lock')
  await mkdir(lock, { recursive: true })
  const holder = { processId: process.pid, hostName: hostname() }
  await writeFile(join(lock, 'holder.json'), JSON.stringify(holder))
  let now = Date.now()
  const wait = (milliseconds: number): Promise<void> => {
    now += milliseconds
    return Promise.resolve()
  }
  const { exit, stderr } = await home.play(CHRONARY, {
    args: ['auth', 'login', '--no-verify', '--with-token'],
    piped: newSecret('chr_sk'),
    world: { now: () => now, wait },
  })
  expect(exit).toBe(1)
  expect(stderr).toContain(`being changed by process ${process.pid}`)
})

test('a linked credential file stays a link, and what it leads to is written', async () => {
  const home = new Home()
  await home.put({
    'dotfiles/credentials.yaml': 'api_key: old\n',
    '.methodic/config.yaml': 'timeout: 5\n',
  })
  await symlink('../dotfiles/credentials.yaml', join(home.path, '.methodic/credentials.yaml'))
  const args = ['auth', 'login', '--no-verify']
  expect((await home.play(METHODIC, { args, typed: `${KEY}\r` })).exit).toBe(0)
  expect(home.read('dotfiles/credentials.yaml')).toBe(`api_key: ${KEY}\n`)
  const entries = await readdir(join(home.path, '.methodic'), { withFileTypes: true })
  expect(entries.find(({ name }) => name === 'credentials.yaml')?.isSymbolicLink()).toBe(true)
})

test('complaint 18: settings that cannot be written are a warning; the login itself succeeds', async () => {
  const home = new Home()
  // A folder in its place cannot be written by anybody, which holds for root too.
  await mkdir(join(home.path, '.methodic/config.yaml/x'), { recursive: true })
  const { url } = await startProduct([KEY])
  const given = { args: ['auth', 'login', '--server-url', url], typed: `${KEY}\r1\n` }
  const { exit, stderr } = await home.play(METHODIC, given)
  expect(exit).toBe(0)
  expect(stderr).toContain('config.yaml cannot be used: it is a folder. Not recorded: server_url')
  expect(home.read('.methodic/credentials.yaml')).toBe(`api_key: ${KEY}\n`)
})

test.each([
  ['names a setting twice', 'timeout: 1\ntimeout: 2\n', 'config.yaml:2 cannot be changed'],
  ['is a list', '- timeout\n', 'config.yaml cannot be changed'],
])(
  'settings that are no map (%s) are told with file, line and fix, and stay',
  async (_, text, told) => {
    const home = new Home()
    const { url } = await startProduct([KEY])
    await home.put({ '.methodic/config.yaml': text })
    const args = ['auth', 'login', '--server-url', url, '--personal']
    const { exit, stderr } = await home.play(METHODIC, { args, typed: `${KEY}\r` })
    expect(exit).toBe(0)
    expect(stderr).toContain(told)
    expect(home.read('.methodic/config.yaml')).toBe(text)
  },
)

test('a half-written credential file is replaced by a login', async () => {
  const home = new Home()
  await home.put({ '.methodic/credentials.yaml': 'api_key: "sk_us' })
  const args = ['auth', 'login', '--no-verify']
  expect((await home.play(METHODIC, { args, typed: `${KEY}\r` })).exit).toBe(0)
  expect(home.read('.methodic/credentials.yaml')).toBe(`api_key: ${KEY}\n`)
})

test('merging settings keeps every other line, whatever they are', () => {
  const name = fc.stringMatching(/^[a-z]{1,8}$/)
  const value = fc.oneof(fc.integer(), fc.boolean(), fc.stringMatching(/^[a-z ]{1,12}$/))
  fc.assert(
    fc.property(fc.uniqueArray(fc.tuple(name, value), { selector: ([key]) => key }), (settings) => {
      const lines = settings.map(([key, given]) => `${key}: ${JSON.stringify(given)} # of mine\n`)
      const merged = mergeYaml(lines.join(''), { server_url: 'https://a.example' }, 'x')
      expect(merged).toBe(`${lines.join('')}server_url: https://a.example\n`)
      expect(mergeYaml(merged, { server_url: undefined }, 'x')).toBe(lines.join(''))
    }),
  )
})

test('a value that is not changed stays the text that it is, whatever YAML would make of it', () => {
  const odd = [
    'id: 0123',
    'account: 12345678901234567890',
    'rate: 1.10',
    'big: 1e3',
    'mask: 0x1F',
    'sign: +1',
    'part: .5',
    'day: 2026-01-01',
    'none: ~',
    'empty:',
    'text: !!str 5',
    "quoted: 'it''s'",
    'real: 123456789.123456789123',
    'nan: .NaN',
    'list: [ 007, 1_000 ]',
    'block: |',
    '  0777',
  ]
  const before = `${odd.join('\n')}\n`
  const merged = mergeYaml(before, { server_url: 'https://a.example' }, 'x')
  expect(merged).toBe(`${before}server_url: https://a.example\n`)
  expect(mergeYaml(merged, { server_url: undefined }, 'x')).toBe(before)
})

test('what is stored is read back as it was given', () => {
  const value = fc.oneof(
    fc
      .string({ unit: 'grapheme' })
      .filter((text) => text !== '' && !/\p{Cc}|\u2028|\u2029/u.test(text)),
    fc.constantFrom(
      '0123',
      'true',
      '~',
      'null',
      '1e3',
      '',
      '- a',
      '# a',
      'a: b',
      '.inf',
      '0x1',
      '!a',
      '&a',
      '*a',
    ),
    fc.integer(),
    fc.boolean(),
  )
  fc.assert(
    fc.property(value, (given) => {
      const read = parse(mergeYaml('a: 1 # mine\n', { a: given, b: given }, 'x')) as object
      expect(read).toEqual({ a: given, b: given })
    }),
  )
})

test('taking the last setting away leaves the comments', () => {
  expect(mergeYaml('# mine\na: 1\n', { a: undefined }, 'x')).toBe('# mine\n')
  expect(mergeYaml('a: 1\n# of b\nb: 2\nc: 3\n', { b: undefined }, 'x')).toBe(
    'a: 1\n# of b\nc: 3\n',
  )
  expect(mergeYaml('a: 1\n# of b\nb: 2\n', { b: undefined }, 'x')).toContain('# of b\n')
  expect(mergeYaml('# mine\n', { a: 1 }, 'x')).toBe('# mine\n\na: 1\n')
})
