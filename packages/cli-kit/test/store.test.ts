// Where a login keeps its credential on machines without a keychain, with one that hangs, and with a key in a variable.

import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { keepSink, rememberSecret } from '../../../tools/canary/registry.ts'
import { atHome, FILE, NO_TOOLS } from './world/at-home.ts'
import { IMPATIENT_ACME, SEALED_AUTOLAB, SEALED_METHODIC } from './world/lines.ts'
import { Home } from './world/play.ts'
import { newSecret, startProduct } from './world/product.ts'
import { browse, startSignIn } from './world/sign-in.ts'

const HANGS = { 'secret-tool': 'exec sleep 600' }
function newStoreKey(): string {
  const key = randomBytes(32).toString('base64url')
  rememberSecret(key)
  return key
}

describe('a machine without a keychain', () => {
  test('complaint 11: auto takes the owner-only file and says so and why at every login', async () => {
    const { home, key, logIn, stored, run } = await atHome()
    for (let login = 0; login < 2; login += 1) {
      const { exit, stderr } = await logIn('login --quiet')
      expect({ exit, stderr }).toEqual({
        exit: 0,
        stderr:
          'warning: the credential is plain text, which its owner alone can read, because there is ' +
          'no keychain to ask: secret-tool is not installed. Say --store file where that is meant.\n',
      })
    }
    expect(stored()).toBe(key)
    expect(home.modeOf(FILE)).toBe('600')
    expect((await run('status')).stdout).toContain('plain text, which its owner alone can read')
    expect((await run('list')).stdout).toContain('plain text')
    expect((await run('doctor')).stderr).toContain('is plain text, because there is no keychain')
  })

  test('complaint 9: keyring is refused before the browser, with the fix', async () => {
    const home = new Home()
    const server = await startSignIn()
    const opened: string[] = []
    const launch = (program: string): Promise<boolean> => {
      opened.push(program)
      return Promise.resolve(true)
    }
    const { exit, stderr } = await home.play(SEALED_AUTOLAB, {
      args: ['login', '--web', '--store', 'keyring'],
      env: { AUTOLAB_HOST: server.url, DISPLAY: ':0', ...NO_TOOLS },
      typed: '',
      world: { launch },
    })
    expect(exit).toBe(1)
    expect(stderr).toContain('The credential could not be sealed: there is no keychain to ask')
    expect(stderr).toContain('apt install libsecret-tools')
    expect(stderr).toContain('log in with --store file')
    expect({ opened, asked: server.asked, files: home.files() }).toEqual({
      opened: [],
      asked: [],
      files: [],
    })
  })

  test('none checks the credential, stores nothing, and names the variable', async () => {
    const { home, logIn, product } = await atHome()
    const { exit, stdout, stderr } = await logIn('login --json --store none')
    expect([exit, home.files()]).toEqual([0, []])
    expect(stderr).toContain('Nothing was stored: set ACME_API_KEY to the credential.')
    expect(JSON.parse(stdout)).toMatchObject({ store: 'none', credentials: null, name: 'Jane Doe' })
    expect(product.asked).toEqual(['GET /v1/me/scopes'])
    const wrong = await logIn('login --store none', { piped: newSecret('acme_pk') })
    expect(wrong.exit).toBe(4)
    const lost = await new Home().play(SEALED_AUTOLAB, { args: ['login', '--store', 'none'] })
    expect([lost.exit, lost.stderr]).toEqual([2, expect.stringContaining('would be lost')])
  })

  test('with a tool that may not be started is told as that, for people and for scripts', async () => {
    const { home, logIn } = await atHome()
    await home.put({ 'shut/secret-tool': { text: '#!/bin/sh\n', mode: 0o600 } })
    const { exit, stdout, stderr } = await logIn('login --json', {
      env: { PATH: join(home.path, 'shut') },
    })
    expect([exit, stderr]).toEqual([0, expect.stringContaining('could not be started (EACCES)')])
    const why = 'there is no keychain to ask: secret-tool could not be started (EACCES)'
    const store_fallback = { code: 'store_unavailable', why }
    expect(JSON.parse(stdout)).toMatchObject({ store: 'file', store_fallback })
  })

  test('a store that there is none of is a mistake in the command line', async () => {
    const { logIn } = await atHome()
    const { exit, stderr } = await logIn('login --store vault')
    expect(exit).toBe(2)
    expect(stderr).toContain('There are auto, keyring, encrypted-file, file, none.')
  })
})

describe('complaint 10: a keychain that hangs', () => {
  test('is stopped at the limit, and auto takes the file and says why', async () => {
    const { key, logIn, stored } = await atHome(HANGS, IMPATIENT_ACME)
    const { exit, stderr } = await logIn()
    expect(exit).toBe(0)
    expect(stderr).toContain('the keychain did not answer in time, and secret-tool was stopped')
    expect(stored()).toBe(key)
  })

  test('is never asked where a variable has the credential, or nothing needs one', async () => {
    const { home, key, run, started } = await atHome(HANGS)
    const sealed = `sealed.v1.keyring.${'A'.repeat(80)}`
    await home.put({ [FILE]: JSON.stringify({ profiles: { default: { api_key: sealed } } }) })
    expect((await run('whoami', { env: { ACME_API_KEY: key } })).exit).toBe(0)
    const status = await run('status', { env: { ACME_API_KEY: key } })
    expect(status.stdout).toContain(`hides ~/${FILE}`)
    for (const words of ['list', 'switch default', 'config get server_url', 'logout']) {
      expect([words, (await run(words)).exit]).toEqual([words, 0])
    }
    expect(started()).toEqual([])
  })

  test('is told as that by what needs the credential', async () => {
    const { home, run, started } = await atHome(HANGS, IMPATIENT_ACME)
    const sealed = `sealed.v1.keyring.${'A'.repeat(80)}`
    await home.put({ [FILE]: JSON.stringify({ profiles: { default: { api_key: sealed } } }) })
    const { exit, stderr } = await run('token --json')
    expect(exit).toBe(1)
    expect(JSON.parse(stderr)).toMatchObject({ error: { code: 'store_timed_out' } })
    expect(started().length).toBeLessThan(2)
  })
})

describe('a key in ACME_STORE_KEY, for servers', () => {
  test('seals in the file, and opens it again', async () => {
    const { home, key, logIn, run, stored } = await atHome()
    const env = { ACME_STORE_KEY: newStoreKey() }
    const { exit, stderr } = await logIn('login --store encrypted-file', { env })
    expect(exit).toBe(0)
    expect(stderr).toContain('The credential is sealed, its key is in ACME_STORE_KEY.\n')
    expect(stored()).toMatch(/^sealed\.v1\.encrypted-file\./)
    expect((await run('token', { env })).stdout).toBe(`${key}\n`)
    expect((await run('doctor', { env })).exit).toBe(0)
    keepSink(home.path)
  })

  test('a login that has ended is told, and what lies in the file goes to no server', async () => {
    const { product, logIn, run } = await atHome()
    const env = { ACME_STORE_KEY: newStoreKey() }
    await logIn('login --store encrypted-file', { env })
    const sent: unknown[] = []
    product.spoil(({ headers }, response) => {
      sent.push(headers.authorization)
      response.writeHead(401).end()
    })
    expect((await run('whoami', { env })).exit).toBe(4)
    expect(sent).toEqual([expect.stringMatching(/^Bearer acme_pk_/)])
  })

  test('a login that another process renews is opened, and used', async () => {
    const { home, key, product, logIn, run } = await atHome()
    const env = { ACME_STORE_KEY: newStoreKey() }
    await logIn('login --store encrypted-file', { env })
    const newer = home.read(FILE)
    const old = newSecret('acme_pk')
    await run('login --store encrypted-file --no-verify --with-token', { env, piped: old })
    const seen = product.asked.length
    const renewing = async (...asked: Parameters<typeof fetch>): Promise<Response> => {
      await home.put({ [FILE]: newer })
      return fetch(...asked)
    }
    const { exit, stdout } = await run('whoami', { env, world: { fetch: renewing } })
    expect([exit, product.asked.length - seen]).toEqual([0, 2])
    expect(stdout).not.toContain(key)
  })

  test('is what auto takes where there is no keychain', async () => {
    const { logIn, stored } = await atHome()
    const { stderr } = await logIn('login', { env: { ACME_STORE_KEY: newStoreKey() } })
    expect(stderr).not.toContain('warning')
    expect(stored()).toMatch(/^sealed\.v1\.encrypted-file\./)
  })

  test('that auto cannot use is what it gives as its reason', async () => {
    const { logIn } = await atHome()
    const { exit, stderr } = await logIn('login', { env: { ACME_STORE_KEY: 'short' } })
    expect(exit).toBe(0)
    expect(stderr).toContain('because what ACME_STORE_KEY says is no key.')
  })

  test.each([
    ['missing', undefined, ['store_key_missing', 'ACME_STORE_KEY is not set']],
    ['malformed', 'c2hvcnQ', ['store_key_missing', 'what ACME_STORE_KEY says is no key']],
    ['another one', newStoreKey(), ['sealed_broken', 'its key does not open it']],
  ] as const)('that is %s is told as that, and the file stays', async (_, key, [code, why]) => {
    const { home, logIn, run } = await atHome()
    await logIn('login --store encrypted-file', { env: { ACME_STORE_KEY: newStoreKey() } })
    const before = home.read(FILE)
    const env: Record<string, string> = key === undefined ? {} : { ACME_STORE_KEY: key }
    const { exit, stderr } = await run('token --json', { env })
    expect(exit).toBe(1)
    const { error } = JSON.parse(stderr) as { error: { code: string; message: string } }
    expect(error.code).toBe(code)
    expect(error.message).toContain(why)
    expect(home.read(FILE)).toBe(before)
  })

  test('that cannot be one is told before anything is asked, and never repeated', async () => {
    const { product, logIn } = await atHome()
    const words = 'not a key but a secret'
    const { exit, stderr } = await logIn('login --store encrypted-file', {
      env: { ACME_STORE_KEY: words },
    })
    expect([exit, product.asked]).toEqual([1, []])
    expect(stderr).toContain('what ACME_STORE_KEY says is no key')
    expect(stderr).not.toContain(words)
  })

  test('of which the file was changed: it is told, kept, and mended by another login', async () => {
    const { home, key, logIn, run, stored } = await atHome()
    const env = { ACME_STORE_KEY: newStoreKey() }
    await logIn('login --store encrypted-file', { env })
    const changed = home.read(FILE).replace(stored(), `${stored().slice(0, -1)}_`)
    await home.put({ [FILE]: changed })
    const { exit, stderr } = await run('whoami --json', { env })
    expect(exit).toBe(1)
    expect(JSON.parse(stderr)).toMatchObject({ error: { code: 'sealed_broken' } })
    expect(home.read(FILE)).toBe(changed)
    await logIn('login --store encrypted-file', { env })
    expect((await run('token', { env })).stdout).toBe(`${key}\n`)
  })
})

describe('a sealed login whose file says another server', () => {
  const env = { ACME_STORE_KEY: newStoreKey() }
  const isSent = /^Bearer acme_pk_/

  test('is opened for no server that somebody writes beside it', async () => {
    const { home, product, logIn, run } = await atHome()
    await logIn('login --store encrypted-file', { env })
    const evil = await startProduct([])
    const sent: unknown[] = []
    evil.spoil(({ headers }, response) => {
      sent.push(headers.authorization)
      response.end('{}')
    })
    await home.put({ [FILE]: home.read(FILE).replace(product.url, evil.url) })
    const { exit, stderr } = await run('whoami', { env: { ...env, ACME_SERVER_URL: '' } })
    expect([exit, sent]).toEqual([1, []])
    expect(stderr).toContain('it or its server was changed')
    await run('logout', { env: { ...env, ACME_SERVER_URL: '' } })
    expect(sent).not.toContainEqual(expect.stringMatching(isSent))
  })

  test('goes where a variable or a flag says, which are the own choice of who runs it', async () => {
    const { home, product, logIn, run } = await atHome()
    await logIn('login --store encrypted-file', { env })
    expect(home.read(FILE)).toContain(product.url)
    const other = await startProduct([])
    await run('whoami', { env: { ...env, ACME_SERVER_URL: other.url } })
    expect(other.asked).not.toEqual([])
  })

  test('needs another login after a person has changed it, which then works', async () => {
    const { product, logIn, run } = await atHome()
    await logIn('login --store encrypted-file', { env })
    const alone = { env: { ...env, ACME_SERVER_URL: '' } }
    const named = product.url.replace('127.0.0.1', 'localhost')
    await run(`config set server_url ${named}`, alone)
    expect((await run('token', alone)).stderr).toContain("Run 'acme login' again")
    expect((await logIn('login --store encrypted-file', alone)).exit).toBe(0)
    expect((await run('whoami', alone)).exit).toBe(0)
  })
})

describe('the other layouts', () => {
  test('a YAML file holds the sealed credential, and settings beside it stay readable', async () => {
    const home = new Home()
    const key = newSecret('sk_user')
    const { url } = await startProduct([key])
    const env = { CHRONICLE_STORE_KEY: newStoreKey(), ...NO_TOOLS }
    const args = ['auth', 'login', '--server-url', url, '--organization', 'acme']
    const { exit } = await home.play(SEALED_METHODIC, { args, env, typed: `${key}\r` })
    expect(exit).toBe(0)
    expect(home.read('.methodic/credentials.yaml')).toMatch(/^api_key: sealed\.v1\.[\w.-]+\n$/)
    const status = await home.play(SEALED_METHODIC, { args: ['auth', 'status'], env })
    expect([status.exit, status.stdout]).toEqual([0, expect.stringContaining('sealed, its key')])
  })

  test('a login in the browser is sealed for its host, and logout ends it at the server too', async () => {
    const home = new Home()
    const server = await startSignIn()
    const env = {
      AUTOLAB_HOST: server.url,
      AUTOLAB_STORE_KEY: newStoreKey(),
      DISPLAY: ':0',
      ...NO_TOOLS,
    }
    const launch = (_: string, args: readonly string[]): Promise<boolean> => {
      void browse(args.at(-1) ?? '')
      return Promise.resolve(true)
    }
    const run = (args: readonly string[], change: object = {}) =>
      home.play(SEALED_AUTOLAB, { args, env: { ...env, ...change }, typed: '', world: { launch } })
    expect((await run(['login', '--web'])).exit).toBe(0)
    const stored = home.read('.config/autolab/credentials.json')
    expect(stored).toContain('"sealed.v1.encrypted-file.')
    expect((await run(['whoami'])).stdout).toContain('Jane Doe')
    expect((await run(['logout'])).stderr).toContain(`It is ended at ${server.url} too.`)

    await run(['login', '--web'])
    const left = await run(['logout', '--json'], { AUTOLAB_STORE_KEY: '' })
    expect(JSON.parse(left.stdout)).toMatchObject([{ is_removed: true, at_server: 'sealed' }])
    expect(left.stderr).toContain(
      'it could not be opened to end it there, because AUTOLAB_STORE_KEY',
    )
    expect(home.read('.config/autolab/credentials.json')).not.toContain('sealed')
  })
})

test('--start keeps what --store said for --complete', async () => {
  const home = new Home()
  const server = await startSignIn()
  const env = { AUTOLAB_HOST: server.url, AUTOLAB_STORE_KEY: newStoreKey(), ...NO_TOOLS }
  const run = (...args: readonly string[]) => home.play(SEALED_AUTOLAB, { args, env })
  const begun = await run('login', '--start', '--json', '--store', 'encrypted-file')
  const { verification_uri: page, user_code: code } = JSON.parse(begun.stdout) as Begun
  await browse(page, code)
  const done = await home.play(SEALED_AUTOLAB, {
    args: ['login', '--complete'],
    env,
    world: { wait: () => Promise.resolve() },
  })
  expect([done.exit, done.stderr]).toEqual([0, expect.stringContaining('sealed, its key is in')])
  expect(home.read('.config/autolab/credentials.json')).toContain('sealed.v1.encrypted-file.')
})

interface Begun {
  readonly verification_uri: string
  readonly user_code: string
}

test('a brand without a store has no flag for it, and no word of it', async () => {
  const { CHRONARY } = await import('./world/lines.ts')
  const home = new Home()
  const help = await home.play(CHRONARY, { args: ['auth', 'login', '--help'] })
  expect(help.stdout).not.toContain('--store')
  const refused = await home.play(CHRONARY, { args: ['auth', 'login', '--store', 'file'] })
  expect(refused.exit).toBe(2)
})
