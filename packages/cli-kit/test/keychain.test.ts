// Credentials that are sealed with a key in a real keychain, gnome-keyring: from the login to the program that reads
// them, and what is said when the keychain is locked, gone or not the one that sealed.

import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { clientFor } from '@keywright/client'
import { describe, expect, test } from 'vitest'
import { keepSink } from '../../../tools/canary/registry.ts'
import {
  type Env,
  HAS_KEYCHAIN,
  IS_KEYCHAIN_REQUIRED,
  openBus,
  openKeychain,
} from './world/keychain.ts'
import { PATIENT_ACME } from './world/lines.ts'
import { Home, type Play } from './world/play.ts'
import { newSecret, startProduct } from './world/product.ts'

const FILE = '.config/acme/config.json'
const SEALED = /^sealed\.v1\.keyring\.[\w-]{60,}$/

test.runIf(IS_KEYCHAIN_REQUIRED)(
  'a keychain is there, as KEYWRIGHT_REQUIRE_KEYRING demands',
  () => {
    expect(HAS_KEYCHAIN).toBe(true)
  },
)

class Acme extends clientFor(PATIENT_ACME.brand) {}

async function atDesk() {
  const keychain = await openKeychain()
  const home = new Home()
  const keys = [newSecret('acme_pk'), newSecret('acme_pk')] as const
  const product = await startProduct(keys)
  const env = { ...keychain.env, HOME: home.path, ACME_SERVER_URL: product.url }
  const run = (words: string, change: Partial<Play> = {}) =>
    home.play(PATIENT_ACME, { args: words.split(' '), ...change, env: { ...env, ...change.env } })
  const logIn = (words = 'login', key: string = keys[0]) =>
    run(`${words} --with-token`, { piped: key })
  const stored = (profile = 'default'): string => {
    const { profiles } = JSON.parse(home.read(FILE)) as Stored
    return profiles[profile]?.api_key ?? ''
  }
  const put = (text: string): Promise<void> =>
    home.put({ [FILE]: JSON.stringify({ profiles: { default: { api_key: text } } }) })
  /** What a program of the same person reads, now. */
  const read = (profile?: string): unknown => {
    const host = { env: { ...env }, platform: 'linux', home: home.path, cwd: home.path }
    const options: object = { profile, host }
    return Acme.fromEnv(options).settings.apiKey
  }
  return { keychain, home, keys, product, env, run, logIn, stored, put, read }
}

/** A login in a process of its own. */
function startLogin(env: Env, ...flags: readonly string[]) {
  const words = [
    join(import.meta.dirname, 'world', 'cli.ts'),
    'PATIENT_ACME',
    'login',
    '--with-token',
  ]
  return spawn(process.execPath, [...words, ...flags], { env, stdio: ['pipe', 'ignore', 'pipe'] })
}

interface Stored {
  readonly profiles: Readonly<Record<string, { readonly api_key: string }>>
}

describe.skipIf(!HAS_KEYCHAIN)('a login with a keychain', () => {
  test('seals the credential, says where it lies, and a program reads it', async () => {
    const { home, keys, product, run, logIn, stored, read } = await atDesk()
    expect(await logIn()).toEqual({
      exit: 0,
      stdout: '',
      stderr:
        `Logged in as Jane Doe (${product.url}).\nWrote ~/${FILE} (chmod 600).\n` +
        'The credential is sealed, its key is in the keychain.\n',
    })
    expect(stored()).toMatch(SEALED)
    expect(home.files()).toEqual([`600 ${FILE}`])
    expect(read()).toBe(keys[0])
    expect((await run('token')).stdout).toBe(`${keys[0]}\n`)
    // The scan of the run looks for the credential in every form that it knows.
    keepSink(home.path)
  })

  test('is read by a program in a process of its own, which asks the keychain once', async () => {
    const { home, keys, env, logIn } = await atDesk()
    await logIn()
    const toolPath = process.env['PATH'] ?? ''
    const asked = join(home.path, 'asked')
    const tool = [
      '#!/bin/sh',
      `echo "$(env | grep -c ^ACME_)" >> '${asked}'`,
      `PATH='${toolPath}' exec secret-tool "$@"`,
    ]
    mkdirSync(join(home.path, 'bin'))
    writeFileSync(join(home.path, 'bin', 'secret-tool'), tool.join('\n'), { mode: 0o755 })
    const reader = join(import.meta.dirname, 'world', 'sealed-reader.ts')
    const path = `${join(home.path, 'bin')}:${toolPath}`
    const { stdout, stderr } = spawnSync(process.execPath, [reader], {
      env: { ...env, PATH: path },
      encoding: 'utf8',
    })
    expect([stdout, stderr]).toEqual([`${keys[0].length} ${keys[0].length}\n`, ''])
    // Once, and without the variables of the product.
    expect(home.read('asked')).toBe('0\n')
  })

  test('tells the place in status, why and list, masked', async () => {
    const { keys, run, logIn } = await atDesk()
    expect(JSON.parse((await logIn('login --json')).stdout)).toMatchObject({ store: 'keyring' })
    const masked = `${keys[0].slice(0, 12)}…`
    const status = await run('status')
    expect(status.exit).toBe(0)
    expect(status.stdout).toMatch(
      new RegExp(
        `^api_key +${masked} +\\S+:5 \\(default\\) +sealed, its key is in the keychain$`,
        'm',
      ),
    )
    expect(JSON.parse((await run('status --json')).stdout)).toMatchObject({ store: 'keyring' })
    const why = await run('why api_key')
    expect(why.stdout).toContain(`  ${masked}  from ~/${FILE}:5 (default)\n    sealed, its key is`)
    const listed = JSON.parse((await run('list --json')).stdout) as object[]
    expect(listed).toMatchObject([{ credential: '(sealed)', store: 'keyring' }])
    expect((await run('list')).stdout).toContain('sealed, its key is in the keychain')
    expect((await run('config get api_key')).stdout).toBe('(sealed)\n')
    expect((await run('doctor')).exit).toBe(0)
  })

  test('has one item in the keychain for all profiles, and logout takes the login away', async () => {
    const { keychain, keys, run, logIn, stored, read } = await atDesk()
    await logIn()
    await logIn('login --profile work', keys[1])
    expect([read(), read('work')]).toEqual([keys[0], keys[1]])
    expect(keychain.itemsOf('acme').match(/^label = .*$/gm)).toEqual([
      'label = Acme: key of stored credentials',
    ])
    expect(stored('work')).toMatch(SEALED)
    expect((await run('logout --profile work')).exit).toBe(0)
    expect((await run('list --json')).stdout).not.toContain('work')
    expect(read()).toBe(keys[0])
  })

  test('by many processes at once makes one key, and seals the same credential anew each time', async () => {
    const { keychain, keys, env, stored, read } = await atDesk()
    const profiles = ['a', 'b', 'c', 'd']
    const logins = profiles.map(async (name) => {
      const child = startLogin(env, '--profile', name)
      child.stdin.end(keys[0])
      return (await once(child, 'close')) as unknown[]
    })
    for (const [exit] of await Promise.all(logins)) expect(exit).toBe(0)
    expect(new Set(profiles.map((name) => stored(name))).size).toBe(4)
    for (const name of profiles) expect(read(name)).toBe(keys[0])
    expect(keychain.itemsOf('acme').match(/^label/gm)).toHaveLength(1)
  })

  test('replaces what another mode stored', async () => {
    const { keys, run, logIn, stored, read } = await atDesk()
    expect((await logIn('login --store file')).stderr).toContain(
      'The credential is plain text, which its owner alone can read.\n',
    )
    expect(stored()).toBe(keys[0])
    const doctor = await run('doctor')
    expect(doctor.exit).toBe(1)
    expect(doctor.stdout).toMatch(/plain text.*`acme login --store keyring`/)
    await logIn('login --store keyring')
    expect(stored()).toMatch(SEALED)
    expect(read()).toBe(keys[0])
  })

  test('does not open in another profile', async () => {
    const { home, logIn, stored, run } = await atDesk()
    await logIn()
    const moved = stored()
    await home.put({ [FILE]: JSON.stringify({ profiles: { other: { api_key: moved } } }) })
    const { exit, stderr } = await run('token --profile other')
    expect(exit).toBe(1)
    expect(stderr).toContain(
      'its key does not open it: it or its server was changed, it was moved here',
    )
  })
})

/** Moments of a login, told by what lies in the folder; the writer logs in again and again until one is seen. */
const MOMENTS: Readonly<Record<string, (name: string) => boolean>> = {
  'it begins': () => true,
  'it asks the keychain': (name) => name === 'config.json.key.lock',
  'it holds the file': (name) => name === 'config.json.lock',
  'it writes a draft': (name) => name.endsWith('.new'),
  'the file is there': (name) => name === 'config.json',
}

test.skipIf(!HAS_KEYCHAIN)(
  'a sealed login that is killed at any moment leaves what opens, or nothing, and the next one works',
  async () => {
    const { home, keys, env, logIn, read } = await atDesk()
    await home.put({ 'key.txt': keys[0], '.config/acme/other.txt': '' })
    const writer = join(import.meta.dirname, 'world', 'sealed-writer.ts')
    for (const isMoment of Object.values(MOMENTS)) {
      const child = spawn(process.execPath, [writer, join(home.path, 'key.txt')], {
        env,
        stdio: ['ignore', 'pipe', 'ignore'],
      })
      const closed = once(child, 'close')
      await once(child.stdout, 'data')
      while (!readdirSync(join(home.path, '.config/acme')).some(isMoment)) {
        await new Promise(setImmediate)
      }
      child.kill('SIGKILL')
      await closed
      const isStored = home.files().includes(`600 ${FILE}`)
      expect(isStored ? read() : keys[0]).toBe(keys[0])
    }
    expect((await logIn()).exit).toBe(0)
    expect(read()).toBe(keys[0])
    expect(home.files()).toEqual([`600 ${FILE}`, '600 .config/acme/other.txt', '600 key.txt'])
  },
  120_000,
)

describe.skipIf(!HAS_KEYCHAIN)('complaint 12: a keychain that is locked', () => {
  test('is told as locked and never as logged out, and the file stays', async () => {
    const { keychain, home, run, logIn, read } = await atDesk()
    await logIn()
    const before = home.read(FILE)
    keychain.lock()
    const { exit, stdout, stderr } = await run('whoami')
    expect({ exit, stdout }).toEqual({ exit: 1, stdout: '' })
    expect(stderr).toBe(
      `acme: api_key in ~/${FILE}:5 (default) is sealed, and the keychain is locked.\n` +
        "Unlock it, or run 'acme login --store file'.\n",
    )
    const failed = JSON.parse((await run('token --json')).stderr) as object
    expect(failed).toMatchObject({ error: { code: 'store_locked' } })
    expect(() => read()).toThrow('is sealed, and the keychain is locked')
    expect((await run('why')).stdout).toContain('cannot be used: the keychain is locked')
    const status = await run('status')
    expect([status.exit, status.stderr]).toEqual([1, expect.not.stringContaining('not logged in')])
    expect((await run('doctor --json')).stdout).toContain('store_locked')
    expect(home.read(FILE)).toBe(before)
  })

  test('keeps nothing from working that needs no credential', async () => {
    const { keychain, keys, run, logIn } = await atDesk()
    await logIn()
    await logIn('login --profile work', keys[1])
    keychain.lock()
    for (const words of [
      'list',
      'switch work',
      'bind work',
      'config set server_url https://a.example',
    ]) {
      expect([words, (await run(words)).exit]).toEqual([words, 0])
    }
    expect((await run('whoami', { env: { ACME_API_KEY: keys[1] } })).exit).toBe(0)
  })

  test('is told before anybody is asked for a credential, and auto takes the file and says why', async () => {
    const { keychain, keys, product, logIn, stored } = await atDesk()
    keychain.lock()
    const { exit, stderr } = await logIn('login --store keyring')
    expect([exit, stderr]).toEqual([
      1,
      "acme: The credential could not be sealed: the keychain is locked.\nUnlock it, or run 'acme login --store file'.\n",
    ])
    expect(product.asked).toEqual([])
    expect((await logIn()).stderr).toContain(
      'warning: the credential is plain text, which its owner alone can read, because the keychain is locked. Say --store file where that is meant.\n',
    )
    expect(stored()).toBe(keys[0])
  })
})

describe.skipIf(!HAS_KEYCHAIN)('a keychain without the key', () => {
  test('is told as that, and another login mends it', async () => {
    const { keychain, home, keys, run, logIn, read } = await atDesk()
    await logIn()
    const before = home.read(FILE)
    keychain.forget('acme')
    const { exit, stderr } = await run('token --json')
    expect(exit).toBe(1)
    expect(JSON.parse(stderr)).toMatchObject({ error: { code: 'store_key_missing' } })
    expect(home.read(FILE)).toBe(before)
    await logIn()
    expect(read()).toBe(keys[0])
  })

  test('whose item is something else is not written over', async () => {
    const { keychain, logIn } = await atDesk()
    keychain.put('acme', 'sealing-key', 'of somebody else')
    const { exit, stderr } = await logIn('login --store keyring')
    expect(exit).toBe(1)
    expect(stderr).toContain("what the keychain has as 'Acme: key of stored credentials' is no key")
    expect(keychain.itemsOf('acme')).toContain('secret = of somebody else')
  })

  test('of another machine does not open what was sealed here', async () => {
    const here = await atDesk()
    await here.logIn()
    const there = await atDesk()
    await there.logIn()
    await there.put(here.stored())
    const { exit, stderr } = await there.run('token --json')
    expect(exit).toBe(1)
    expect(JSON.parse(stderr)).toMatchObject({ error: { code: 'sealed_broken' } })
    expect(there.stored()).toBe(here.stored())
  })

  test('a bus without any keychain is told, and auto takes the file', async () => {
    const bus = await openBus()
    const home = new Home()
    const key = newSecret('acme_pk')
    const play = { env: { ...bus, HOME: home.path }, piped: key }
    const args = ['login', '--no-verify', '--with-token']
    const { exit, stderr } = await home.play(PATIENT_ACME, { ...play, args })
    expect(exit).toBe(0)
    expect(stderr).toMatch(
      /warning: .* plain text, .* because no keychain runs in this session\. Say/,
    )
    const refused = await home.play(PATIENT_ACME, {
      ...play,
      args: [...args, '--store', 'keyring', '--json'],
    })
    expect(refused.exit).toBe(1)
    expect(JSON.parse(refused.stderr)).toMatchObject({ error: { code: 'store_unavailable' } })
  })
})
