// Logins in a browser and by code, against a real authorization server.

import { stripVTControlCharacters } from 'node:util'
import { describe, expect, test } from 'vitest'
import type { CommandLine } from '../src/tree/command-line.ts'
import { elsewhere } from './world/elsewhere.ts'
import { AUTOLAB } from './world/lines.ts'
import { Home, type Play } from './world/play.ts'
import { newSecret, startProduct } from './world/product.ts'
import { browse, startSignIn } from './world/sign-in.ts'

const FILE = '.config/autolab/credentials.json'

async function atHome() {
  const home = new Home()
  const server = await startSignIn()
  const play = (change: Partial<Play> & { args: readonly string[] }) =>
    home.play(AUTOLAB, { typed: '', ...change, env: { AUTOLAB_HOST: server.url, ...change.env } })
  return { home, server, play }
}

/** A desktop whose browser signs in and agrees. */
function desktop(opened: string[] = []) {
  return {
    exists: () => false,
    launch: (program: string, args: readonly string[]) => {
      opened.push(program, ...args)
      void browse(args.at(-1) ?? '')
      return Promise.resolve(true)
    },
  }
}

const DISPLAY = { DISPLAY: ':0' }

describe('login in the browser', () => {
  test('an address that is not what the server calls itself is told with the one that is', async () => {
    const { home, server, play } = await atHome()
    server.tell({ issuer: 'https://login.autolab.example' })
    const { exit, stderr } = await play({ args: ['login'], env: DISPLAY, world: desktop() })
    expect({ exit, stderr: stripVTControlCharacters(stderr) }).toEqual({
      exit: 1,
      stderr: `autolab: ${server.url} says that its logins are at https://login.autolab.example.\nIf that is the server you mean, give that as server URL.\n`,
    })
    expect(home.files()).toEqual([])
  })

  test('--debug says what decided the way: the machine, or a flag', async () => {
    const { play } = await atHome()
    const debug = async (...flags: readonly string[]) =>
      (await play({ args: ['login', '--debug', ...flags], env: DISPLAY, world: desktop() })).stderr
    expect(await debug()).toContain("this machine's way is browser: DISPLAY is set")
    expect(await debug('--web')).toContain('--web decides it; without a flag this machine')
  })

  test('another name of this machine, with the same port, is the same server', async () => {
    const { server, play } = await atHome()
    const asked = server.url.replace('127.0.0.1', 'localhost')
    const env = { ...DISPLAY, AUTOLAB_HOST: asked }
    const { exit, stderr } = await play({ args: ['login'], env, world: desktop() })
    expect(exit).toBe(0)
    expect(stderr).toContain(`Logged in as Jane Doe (${asked}).`)
    expect((await play({ args: ['logout'], env })).stderr).toContain('It is ended at')
  })

  test('another port of this machine is another server', async () => {
    const { home, server, play } = await atHome()
    const elsewhere = await startSignIn()
    server.tell({ issuer: elsewhere.url })
    const { exit, stderr } = await play({ args: ['login'], env: DISPLAY, world: desktop() })
    expect({ exit, files: home.files(), asked: elsewhere.asked }).toEqual({
      exit: 1,
      files: [],
      asked: [],
    })
    expect(stderr).toContain(`says that its logins are at ${elsewhere.url}.`)
  })

  test('complaint 19: prints the page on its own line first, opens it, and stores what the server gives', async () => {
    const { home, server, play } = await atHome()
    const opened: string[] = []
    const { exit, stdout, stderr } = await play({
      args: ['login'],
      env: DISPLAY,
      world: desktop(opened),
    })
    expect({ exit, stdout }).toEqual({ exit: 0, stdout: '' })
    const [first, page = '', paste, ...rest] = stderr.split('\n')
    expect(first).toBe('Open this page in your browser to log in:')
    expect(opened).toEqual(['xdg-open', page])
    expect(paste).toMatch(/^If the browser is on another machine, paste the address/)
    expect(rest.join('\n')).toBe(
      `Logged in as Jane Doe (${server.url}).\nWrote ~/${FILE} (chmod 600).\n`,
    )
    const query = new URL(page).searchParams
    expect(query.get('redirect_uri')).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/callback$/)
    expect(query.get('code_challenge_method')).toBe('S256')
    expect(query.get('device_name')).toMatch(/^jane@/)
    expect(home.files()).toEqual([`600 ${FILE}`])
    await expect(fetch(query.get('redirect_uri') ?? '')).rejects.toThrow('fetch failed')
  })

  test('what was stored is taken by the next command, and logout ends it at the server and here', async () => {
    const { home, play, server } = await atHome()
    await play({ args: ['login'], env: DISPLAY, world: desktop() })
    expect((await play({ args: ['whoami'] })).stdout).toBe(`${server.url}  Jane Doe\n`)
    const token = (await play({ args: ['token'] })).stdout.trim()
    const left = await play({ args: ['logout'] })
    expect(left).toEqual({
      exit: 0,
      stdout: '',
      stderr: `Removed the login ${server.url}. It is ended at ${server.url} too.\n`,
    })
    expect(JSON.parse(home.read(FILE))).toEqual({ hosts: {} })
    expect(home.read(FILE)).not.toContain(token)
    const again = await play({ args: ['whoami'], env: { AUTOLAB_TOKEN: token } })
    expect(again.exit).toBe(4)
  })

  test('complaint 8: logout removes the login here also when the server is down, and says that it still counts', async () => {
    const { home, play, server } = await atHome()
    await play({ args: ['login'], env: DISPLAY, world: desktop() })
    server.fail('/.well-known/oauth-authorization-server', 503)
    const { exit, stderr } = await play({ args: ['logout'] })
    expect(exit).toBe(0)
    expect(stderr).toContain('could not be asked to end it: the credential still counts there')
    expect(JSON.parse(home.read(FILE))).toEqual({ hosts: {} })
  })

  test('an answer with another state changes nothing: the login waits for its own', async () => {
    const { play } = await atHome()
    const world = {
      ...desktop(),
      async launch(_program: string, args: readonly string[]) {
        const page = args.at(-1) ?? ''
        const back = new URL(page).searchParams.get('redirect_uri') ?? ''
        const forged = await fetch(`${back}?code=stolen&state=guessed`)
        expect(forged.status).toBe(400)
        void browse(page)
        return true
      },
    }
    expect((await play({ args: ['login'], env: DISPLAY, world })).exit).toBe(0)
  })

  test('an answer that names another issuer is dropped, and its code never sent (RFC 9207)', async () => {
    const { home, server, play } = await atHome()
    const world = {
      ...desktop(),
      launch(_program: string, args: readonly string[]) {
        const query = new URL(args.at(-1) ?? '').searchParams
        const back = new URL(query.get('redirect_uri') ?? '')
        back.search = new URLSearchParams({
          code: 'of-somebody-else',
          state: query.get('state') ?? '',
          iss: 'https://attacker.example',
        }).toString()
        void fetch(back)
        return Promise.resolve(true)
      },
    }
    const { exit } = await play({ args: ['login'], env: DISPLAY, world })
    expect({ exit, files: home.files() }).toEqual({ exit: 1, files: [] })
    expect(server.asked).not.toContain('/token')
  })

  test('Ctrl-C ends the wait with 130 and closes the listener', async () => {
    const { play } = await atHome()
    const interruption = new AbortController()
    let back = ''
    const world = {
      exists: () => false,
      interrupted: interruption.signal,
      wait: (_: number, signal: AbortSignal) =>
        new Promise<void>((_resolve, reject) => {
          signal.addEventListener('abort', () => reject(new Error('aborted')))
        }),
      launch(_program: string, args: readonly string[]) {
        back = new URL(args.at(-1) ?? '').searchParams.get('redirect_uri') ?? ''
        setImmediate(() => interruption.abort())
        return Promise.resolve(true)
      },
    }
    const { exit, stderr } = await play({ args: ['login'], env: DISPLAY, world })
    expect(exit).toBe(130)
    expect(stderr).toContain('Interrupted.')
    await expect(fetch(back)).rejects.toThrow('fetch failed')
  })

  test.each([
    ['a file', 'file:///etc/passwd'],
    ['a scheme of its own', 'calculator:open'],
    ['a leading dash', '-a /Applications/Calculator.app'],
    ['a script', 'javascript:alert(1)'],
    ['http elsewhere', 'http://login.example/authorize'],
    ['a user name', 'https://you@evil.example/authorize'],
  ])('a page that is %s is not opened, and the login ends (row 48)', async (_, page) => {
    const { home, server, play } = await atHome()
    server.tell({ authorization_endpoint: page })
    const opened: string[] = []
    const { exit } = await play({ args: ['login'], env: DISPLAY, world: desktop(opened) })
    expect({ exit, opened, files: home.files() }).toEqual({ exit: 1, opened: [], files: [] })
  })

  test('a page with text for a shell goes to the browser as one argument (row 48)', async () => {
    const { server, play } = await atHome()
    server.tell({ authorization_endpoint: 'https://a.example/$(touch pwned);`id`' })
    const interruption = new AbortController()
    const opened: string[] = []
    const world = {
      exists: () => false,
      interrupted: interruption.signal,
      launch(program: string, args: readonly string[]) {
        opened.push(program, ...args)
        interruption.abort()
        return Promise.resolve(true)
      },
    }
    await play({ args: ['login'], env: DISPLAY, world })
    expect(opened).toEqual([
      'xdg-open',
      expect.stringMatching(/^https:\/\/a\.example\/\$\(touch%20pwned\);%60id%60\?\S+$/),
    ])
  })
})

describe('complaint 1: login without a browser on this machine', () => {
  test.each([
    ['over SSH', { SSH_CONNECTION: '10.0.0.1 1 10.0.0.2 22', DISPLAY: ':10' }],
    ['in a cloud workspace', { CODESPACES: 'true', DISPLAY: ':0' }],
    ['without a display', {}],
  ])('%s shows a page and a code, and goes on when it was approved elsewhere', async (_, env) => {
    const { home, server, play } = await atHome()
    const person = elsewhere()
    const { exit, stdout } = await play({
      args: ['login'],
      env,
      world: { exists: () => false, stderr: person.stderr, wait: person.wait },
    })
    const text = person.shown.join('')
    expect({ exit, stdout }).toEqual({ exit: 0, stdout: '' })
    expect(text).toContain(`Open this page on any device:\n${server.url}/device\n`)
    expect(text).toMatch(/^The page names this login as jane@\S+\. The code counts for 10 min\.$/m)
    expect(text).toContain('Cancel there if somebody else sent you this code.')
    expect(text).toContain(`Logged in as Jane Doe (${server.url}).`)
    expect(home.files()).toEqual([`600 ${FILE}`])
  })

  test('a server that fails or is busy for a moment is asked again, ever more slowly', async () => {
    const { server, play } = await atHome()
    const person = elsewhere()
    const waits: number[] = []
    server.fail('/token', 503, 429, 502)
    const wait = (milliseconds: number): Promise<void> => {
      waits.push(milliseconds)
      return person.wait()
    }
    const world = { exists: () => false, stderr: person.stderr, wait }
    expect((await play({ args: ['login', '--device'], world })).exit).toBe(0)
    expect(waits).toEqual([5000, 10_000, 20_000, 40_000])
  })

  test('a code that nobody approves ends with 4 when it expires', async () => {
    const { home, play } = await atHome()
    let now = 1_800_000_000_000
    const wait = (milliseconds: number): Promise<void> => {
      now += milliseconds
      return Promise.resolve()
    }
    const world = { exists: () => false, now: () => now, wait }
    const { exit, stderr } = await play({ args: ['login', '--device'], world })
    expect(exit).toBe(4)
    expect(stderr).toContain('was not approved in time')
    expect(home.files()).toEqual([])
  })
})

describe('a login of a command for servers with and without sign-in', () => {
  const EITHER: CommandLine = {
    ...AUTOLAB,
    login: { way: 'browser', clientId: 'autolab-cli', scopes: ['api'], orPrompt: true },
  }

  test('opens the browser where people can sign in', async () => {
    const { home, server } = await atHome()
    const env = { ...DISPLAY, AUTOLAB_HOST: server.url }
    const world = desktop()
    const { exit, stderr } = await home.play(EITHER, { args: ['login'], typed: '', env, world })
    expect(exit).toBe(0)
    expect(stderr).toContain(`Logged in as Jane Doe (${server.url}).`)
  })

  test('asks for a key where nobody can, after naming the server, and logout says that it has no way to end that', async () => {
    const token = newSecret('al')
    const home = new Home()
    const { url } = await startProduct([token])
    const env = { AUTOLAB_HOST: url }
    const typed = `${token}\r`
    expect(await home.play(EITHER, { args: ['login'], typed, env })).toEqual({
      exit: 0,
      stdout: '',
      stderr:
        `Nobody signs in at ${url}: it takes a key.\nCredential (input hidden): \n` +
        `Logged in as Jane Doe (${url}).\nWrote ~/${FILE} (chmod 600).\n`,
    })
    const { exit, stderr } = await home.play(EITHER, { args: ['logout'], env })
    expect(exit).toBe(0)
    expect(stderr).toContain(`${url} has no way to end it`)
  })

  test('asks for nothing where the server does not answer', async () => {
    const home = new Home()
    const env = { AUTOLAB_HOST: 'http://127.0.0.1:9' }
    const { exit, stderr } = await home.play(EITHER, { args: ['login'], typed: 'secret\r', env })
    expect(exit).toBe(8)
    expect(stderr).not.toContain('Credential')
  })

  test('is told without a terminal how to give a key', async () => {
    const { home, server } = await atHome()
    const env = { AUTOLAB_HOST: server.url }
    const { exit, stderr } = await home.play(EITHER, { args: ['login'], env })
    expect(exit).toBe(4)
    expect(stderr).toContain('autolab login --with-token < FILE')
    expect(server.asked).toEqual([])
  })
})

test('complaint 15: without a terminal a login fails at once, with the command that works', async () => {
  const { server, play, home } = await atHome()
  const piped = await home.play(AUTOLAB, { args: ['login'], env: { AUTOLAB_HOST: server.url } })
  const ci = await play({ args: ['login'], env: { CI: 'true' } })
  const off = await play({ args: ['login', '--no-input'] })
  for (const { exit, stderr } of [piped, ci, off]) {
    expect(exit).toBe(4)
    expect(stderr).toContain('autolab login --device')
  }
  expect(server.asked).toEqual([])
})
