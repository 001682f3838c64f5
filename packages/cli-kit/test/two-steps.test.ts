// Logins of programs that cannot wait, logins whose browser is on another machine, and logins that come to nothing.

import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import { describe, expect, test } from 'vitest'
import { rememberSecret } from '../../../tools/canary/registry.ts'
import { AUTOLAB } from './world/lines.ts'
import { Home } from './world/play.ts'
import { browse, browseElsewhere, startSignIn } from './world/sign-in.ts'

const FILE = '.config/autolab/credentials.json'
const PENDING = `${FILE}.pending`
const CI = { CI: 'true' }
/** Waits take no time. */
const AT_ONCE = { wait: () => Promise.resolve() }

async function atHome() {
  const home = new Home()
  const server = await startSignIn()
  const env = { AUTOLAB_HOST: server.url, ...CI }
  const login = (...args: readonly string[]) =>
    home.play(AUTOLAB, { args: ['login', ...args], env, world: AT_ONCE })
  return { home, server, env, login }
}

async function begun() {
  const place = await atHome()
  const { exit, stdout, stderr } = await place.login('--start', '--json')
  const shown = JSON.parse(stdout) as Record<string, string>
  const { deviceCode } = JSON.parse(place.home.read(PENDING)) as { deviceCode: string }
  rememberSecret(deviceCode)
  return { ...place, exit, stdout, stderr, shown, deviceCode }
}

describe('complaint 15: a login in two steps, for programs that cannot wait', () => {
  test('--start prints where to approve it, keeps the rest owner-only, and ends with 9', async () => {
    const { home, server, exit, shown, stdout, stderr, deviceCode } = await begun()
    expect(exit).toBe(9)
    expect(shown).toMatchObject({
      status: 'pending',
      server: server.url,
      verification_uri: `${server.url}/device`,
      user_code: expect.stringMatching(/^\w{4}-\w{4}$/),
      expires_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:]+Z$/),
      interval: 5,
      next_step: 'autolab login --complete',
    })
    expect(JSON.parse(stderr)).toEqual({
      error: {
        code: 'login_pending',
        message: 'The login waits for its approval.',
        hint: 'When it is approved, run `autolab login --complete`.',
        retry_after: 5,
      },
    })
    expect(`${stdout}${stderr}`).not.toContain(deviceCode)
    expect(home.files()).toEqual([`600 ${PENDING}`])
  })

  test('without --json the page and the code are what a person reads', async () => {
    const { login, home, server } = await atHome()
    const { exit, stdout, stderr } = await login('--start')
    expect({ exit, stdout }).toEqual({ exit: 9, stdout: '' })
    expect(stderr).toContain(`${server.url}/device\nand enter the code `)
    rememberSecret((JSON.parse(home.read(PENDING)) as { deviceCode: string }).deviceCode)
  })

  test('--complete ends with 9 until it is approved, then stores the login and nothing else stays', async () => {
    const { home, server, login, env, shown } = await begun()
    expect((await login('--complete')).exit).toBe(9)
    expect(home.files()).toEqual([`600 ${PENDING}`])
    await browse(shown['verification_uri'] ?? '', shown['user_code'])
    const { exit, stderr } = await login('--complete')
    expect({ exit, stderr }).toEqual({
      exit: 0,
      stderr: `Logged in as Jane Doe (${server.url}).\nWrote ~/${FILE} (chmod 600).\n`,
    })
    expect(home.files()).toEqual([`600 ${FILE}`])
    expect((await home.play(AUTOLAB, { args: ['whoami'], env })).exit).toBe(0)
  })

  test('--complete asks not sooner than the server allows, and waits longer when it says so', async () => {
    const { home, env } = await begun()
    const waits: number[] = []
    const { askedAt } = JSON.parse(home.read(PENDING)) as { askedAt: number }
    const world = {
      now: () => askedAt + 2000,
      wait(milliseconds: number) {
        waits.push(milliseconds)
        return Promise.resolve()
      },
    }
    const again = () => home.play(AUTOLAB, { args: ['login', '--complete'], env, world })
    await again()
    await again()
    expect(waits).toEqual([3000, 5000])
  })

  test('a server that is down for a moment leaves the login pending', async () => {
    const { home, server, login } = await begun()
    server.fail('/token', 503)
    expect((await login('--complete')).exit).toBe(9)
    expect(home.files()).toEqual([`600 ${PENDING}`])
  })

  test('one that ran out ends with 4, and the next says that none was begun', async () => {
    const { home, env, login } = await begun()
    const world = { ...AT_ONCE, now: () => Date.now() + 3_600_000 }
    const late = await home.play(AUTOLAB, { args: ['login', '--complete'], env, world })
    expect([late.exit, home.files()]).toEqual([4, []])
    const { exit, stderr } = await login('--complete')
    expect(exit).toBe(2)
    expect(stderr).toContain('autolab login --start')
  })

  test.each(['', '[]', 'null', '{"server":1}'])(
    'a file that is %j is no login that was begun',
    async (text) => {
      const { home, login } = await atHome()
      await home.put({ [PENDING]: text })
      expect((await login('--complete')).exit).toBe(2)
    },
  )
})

describe('a browser on another machine', () => {
  async function pasting(paste: (page: string) => Promise<readonly string[]>) {
    const { home, server } = await atHome()
    const stdin = Object.assign(new PassThrough(), { isTTY: true, setRawMode: () => stdin })
    const shown: string[] = []
    const stderr = {
      isTTY: true,
      write(text: string) {
        shown.push(text)
        const page = /^(http\S+code_challenge\S+)$/m.exec(text)?.[1]
        if (page !== undefined) {
          void paste(page).then((lines) => stdin.write(lines.map((line) => `${line}\n`).join('')))
        }
      },
    }
    const env = { AUTOLAB_HOST: server.url }
    const world = { stdin, stderr, exists: () => false }
    const { exit } = await home.play(AUTOLAB, { args: ['login', '--no-browser'], env, world })
    return { exit, text: shown.join(''), home }
  }

  test('the address that it ended at is taken when it is pasted', async () => {
    const { exit, text, home } = await pasting(async (page) => [await browseElsewhere(page)])
    expect({ exit, files: home.files() }).toEqual({ exit: 0, files: [`600 ${FILE}`] })
    expect(text).toContain('paste the address that it ends at here')
  })

  test('the code in it is enough', async () => {
    const { exit } = await pasting(async (page) => {
      return [new URL(await browseElsewhere(page)).searchParams.get('code') ?? '']
    })
    expect(exit).toBe(0)
  })

  test('anything else, and the address of another login, changes nothing', async () => {
    const { exit, text } = await pasting(async (page) => {
      const right = await browseElsewhere(page)
      const other = right.replace(/state=[^&]+/, 'state=of-another-login')
      return ['', 'yes', other, right]
    })
    expect(exit).toBe(0)
    expect(text.match(/That is no answer to this login/g)).toHaveLength(2)
  })
})

describe('a login that comes to nothing', () => {
  const world = {
    exists: () => false,
    launch(_program: string, args: readonly string[]) {
      void browse(args.at(-1) ?? '')
      return Promise.resolve(true)
    },
  }

  test('ends the token that the server had just given when the check of it fails', async () => {
    const { home, server } = await atHome()
    server.fail('/v1/me/scopes', 403)
    const { exit, stderr } = await home.play(AUTOLAB, {
      args: ['login', '--web'],
      env: { AUTOLAB_HOST: server.url },
      typed: '',
      world,
    })
    expect(exit).toBe(5)
    expect(stderr).toContain('The token that the server had just given is ended there.')
    expect(server.asked).toContain('/token/revocation')
    expect(home.files()).toEqual([])
  })

  test('says so when that token may still count', async () => {
    const { home, server } = await atHome()
    server.fail('/v1/me/scopes', 403)
    server.fail('/token/revocation', 500)
    const { stderr } = await home.play(AUTOLAB, {
      args: ['login', '--web'],
      env: { AUTOLAB_HOST: server.url },
      typed: '',
      world,
    })
    expect(stderr).toContain('may still count. Revoke it there.')
  })

  test('complaint 9: is refused before the browser when there is no place to store it', async () => {
    const { home, server } = await atHome()
    await home.put({ closed: 'not a folder' })
    const env = { AUTOLAB_HOST: server.url, AUTOLAB_CONFIG_DIR: join(home.path, 'closed/deep') }
    const args = ['login', '--web']
    const { exit, stderr } = await home.play(AUTOLAB, { args, env, typed: '', world })
    expect({ exit, asked: server.asked }).toEqual({ exit: 1, asked: [] })
    expect(stderr).toContain('a folder above it is a file')
  })
})
