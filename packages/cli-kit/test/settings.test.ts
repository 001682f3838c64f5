// Settings and bindings that a command stores, and what is in force afterwards.

import { mkdirSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { CommandLine } from '../src/tree/command-line.ts'
import { AUTOLAB, CHRONARY, METHODIC } from './world/lines.ts'
import { Home } from './world/play.ts'
import { newSecret } from './world/product.ts'

const KEY = newSecret('chr_sk')
const OTHER = newSecret('chr_sk')
const FILE = '.config/chronary/config.json'

/** Methodic without its strictness, which has every command that fits. */
const { isStrict: _, commands: __, ...rest } = METHODIC
const OPEN_METHODIC: CommandLine = rest

async function withProfiles() {
  const home = new Home()
  const profiles = { work: { api_key: KEY }, play: { api_key: OTHER } }
  await home.put({ [FILE]: JSON.stringify({ active: 'work', team: 'blue', profiles }) })
  const run = (args: readonly string[], change: object = {}) =>
    home.play(CHRONARY, { args, ...change })
  const profileIn = async (folder: string, env: Record<string, string> = {}) => {
    const { stdout } = await run(['auth', 'status', '--offline', '--json'], {
      world: { folder },
      env,
    })
    return (JSON.parse(stdout) as { profile: string }).profile
  }
  return { home, run, profileIn }
}

describe('complaint 4: a folder says which profile counts there', () => {
  test('a bound folder counts for itself and below, and for no other', async () => {
    const { home, run, profileIn } = await withProfiles()
    mkdirSync(join(home.path, 'app/deep'), { recursive: true })
    const bound = await run(['auth', 'bind', 'play', 'app'])
    expect(bound).toEqual({
      exit: 0,
      stdout: '',
      stderr: 'play is used in ~/app and below it.\n',
    })
    expect(await profileIn(join(home.path, 'app/deep'))).toBe('play')
    expect(await profileIn(home.path)).toBe('work')
    expect(await profileIn(join(home.path, 'app'), { CHRONARY_PROFILE: 'work' })).toBe('work')
    expect(JSON.parse(home.read(FILE))).toMatchObject({ active: 'work', team: 'blue' })
    expect(home.modeOf(FILE)).toBe('600')
  })

  test('the folder is where the command stands when none is named, by its real name', async () => {
    const { home, run } = await withProfiles()
    mkdirSync(join(home.path, 'app'))
    symlinkSync(join(home.path, 'app'), join(home.path, 'link'))
    await run(['auth', 'bind', 'play'], { world: { folder: join(home.path, 'link') } })
    const { bindings } = JSON.parse(home.read(FILE)) as { bindings: object }
    expect(bindings).toEqual({ [join(home.path, 'app')]: 'play' })
  })

  test('unbind takes it away, also of a folder that is gone, and says what counts then', async () => {
    const { run, profileIn, home } = await withProfiles()
    await run(['auth', 'bind', 'play', 'gone'])
    const left = await run(['auth', 'unbind', 'gone'])
    expect(left.stderr).toBe('~/gone is bound to no profile any more; work is used.\n')
    expect(await profileIn(join(home.path, 'gone'))).toBe('work')
    expect((await run(['auth', 'unbind', 'gone'])).exit).toBe(6)
  })

  test('a profile that is not there is told with those that are', async () => {
    const { run } = await withProfiles()
    const { exit, stderr } = await run(['auth', 'bind', 'wrok'])
    expect(exit).toBe(6)
    expect(stderr).toContain('There are work, play.')
  })
})

describe('config', () => {
  test('set stores in the profile that counts, or in the one that is named', async () => {
    const { home, run } = await withProfiles()
    await run(['config', 'set', 'base_url', 'http://127.0.0.1:1'])
    await run(['config', 'set', 'base_url', 'http://127.0.0.1:2', '--profile', 'play'])
    expect((await run(['config', 'get', 'base_url'])).stdout).toBe('http://127.0.0.1:1\n')
    const { profiles } = JSON.parse(home.read(FILE)) as { profiles: object }
    expect(profiles).toEqual({
      work: { api_key: KEY, base_url: 'http://127.0.0.1:1' },
      play: { api_key: OTHER, base_url: 'http://127.0.0.1:2' },
    })
    await run(['config', 'unset', 'base_url'])
    expect((await run(['config', 'get', 'base_url'])).stdout).toBe('https://api.chronary.ai\n')
  })

  test('get without a name shows every setting with its place, and masks what is secret', async () => {
    const { run } = await withProfiles()
    const { exit, stdout } = await run(['config', 'get'])
    expect(exit).toBe(0)
    expect(stdout).toMatch(/^api_key +chr_sk_\S+ +~\/.config\/chronary\/config.json:1 \(work\)$/m)
    expect(stdout).not.toContain(KEY)
    const all = JSON.parse((await run(['config', 'get', '--json'])).stdout) as object[]
    expect(all).toContainEqual({
      setting: 'base_url',
      value: expect.any(String),
      source: expect.any(String),
    })
  })

  test('set keeps comments and other settings of a YAML file, and the credentials beside it', async () => {
    const home = new Home()
    const config = '.methodic/config.yaml'
    const text = '# mine\ntimeout: 30 # long\norganization_id: org_1\nfuture: yes\n'
    await home.put({ [config]: { text, mode: 0o644 } })
    const run = (...args: readonly string[]) => home.play(OPEN_METHODIC, { args })
    expect((await run('config', 'set', 'timeout', '45')).exit).toBe(0)
    await run('config', 'set', 'organization_slug', 'acme')
    expect(home.read(config)).toBe(
      '# mine\ntimeout: 45 # long\nfuture: yes\norganization_slug: acme\n',
    )
    expect(home.files()).toEqual([`644 ${config}`])
    expect((await run('config', 'path')).stdout).toBe(`~/${config}\n`)
  })

  test('a value that is none is refused before anything is written', async () => {
    const home = new Home()
    const args = ['config', 'set', 'timeout', 'soon']
    const { exit, stderr } = await home.play(OPEN_METHODIC, { args })
    expect({ exit, files: home.files() }).toEqual({ exit: 2, files: [] })
    expect(stderr).toContain('must be a number of seconds')
  })

  test('a variable that counts before what was stored is named', async () => {
    const home = new Home()
    const args = ['config', 'set', 'timeout', '5']
    const { exit, stderr } = await home.play(OPEN_METHODIC, {
      args,
      env: { CHRONICLE_TIMEOUT: '9' },
    })
    expect(exit).toBe(0)
    expect(stderr).toContain('CHRONICLE_TIMEOUT counts before what was stored.')
  })

  test('what a login stores is stored by a login alone, and a secret is not printed', async () => {
    const { run, home } = await withProfiles()
    const set = await run(['config', 'set', 'api_key', OTHER])
    expect([set.exit, set.stderr.includes(OTHER)]).toEqual([2, false])
    expect((await run(['config', 'get', 'api_key'])).stdout).not.toContain(KEY)
    const host = await home.play(AUTOLAB, { args: ['config', 'set', 'server_url', 'http://a'] })
    expect(host.exit).toBe(2)
  })

  test('a setting that is not there is told with those that are, one that is not set ends with 6', async () => {
    const unknown = await new Home().play(OPEN_METHODIC, { args: ['config', 'get', 'colour'] })
    expect(unknown.exit).toBe(2)
    expect(unknown.stderr).toContain('Settings are api_key, server_url, timeout')
    const args = ['config', 'get', 'organization_id']
    expect((await new Home().play(OPEN_METHODIC, { args })).exit).toBe(6)
  })
})

describe('token inspect', () => {
  const inspect = async (piped: string) => {
    const args = ['token', 'inspect', '--json']
    const { exit, stdout, stderr } = await new Home().play(CHRONARY, { args, piped })
    return { exit, look: JSON.parse(stdout) as object, all: stdout + stderr }
  }

  test('says the kind and that the checksum is right, without asking a server or repeating the secret', async () => {
    const { exit, look, all } = await inspect(`${KEY}\n`)
    expect(exit).toBe(0)
    expect(look).toMatchObject({ type: 'kind', kind: 'org', is_whole: true })
    expect(all).not.toContain(KEY)
  })

  test('finds a mistyped character, and a login finds it before any request', async () => {
    const wrong = KEY.slice(0, -1) + (KEY.endsWith('0') ? '1' : '0')
    expect(await inspect(wrong)).toMatchObject({ exit: 2, look: { is_whole: false } })
    const args = ['auth', 'login']
    const world = { fetch: () => Promise.reject(new Error('asked')) }
    const { exit, stderr } = await new Home().play(CHRONARY, { args, typed: `${wrong}\r`, world })
    expect(exit).toBe(2)
    expect(stderr).toContain('The checksum of this credential is wrong.')
  })

  test.each([
    ['a shortened one', 'chr_sk_a1B2…', 0, { type: 'kind', kind: 'org', is_whole: null }],
    ['a key of a provider', 'sk-ant-api03-abcdef', 2, { type: 'foreign', product: 'Anthropic' }],
    ['anything else', 'hello', 2, { type: 'unknown', kind: null }],
  ])('tells %s', async (...[, text, exit, look]) => {
    expect(await inspect(text)).toMatchObject({ exit, look })
  })
})
