// What a login by code shows on a terminal, and what it leaves out where nobody watches one.

import { stripVTControlCharacters } from 'node:util'
import { renderUnicodeCompact } from 'uqr'
import { describe, expect, test } from 'vitest'
import { elsewhere } from './world/elsewhere.ts'
import { AUTOLAB } from './world/lines.ts'
import { Home, type Play } from './world/play.ts'
import { startSignIn } from './world/sign-in.ts'

async function atHome() {
  const home = new Home()
  const server = await startSignIn()
  const play = (change: Partial<Play> & { args: readonly string[] }) =>
    home.play(AUTOLAB, { typed: '', ...change, env: { AUTOLAB_HOST: server.url, ...change.env } })
  return { server, play }
}

describe('a login by code at a terminal', () => {
  /** A terminal of that width whose clock goes with the waits. */
  function terminalOf(columns: number) {
    const person = elsewhere()
    let now = 1_800_000_000_000
    const waits: number[] = []
    const world = {
      exists: () => false,
      now: () => now,
      stderr: { ...person.stderr, columns },
      wait(milliseconds: number): Promise<void> {
        now += milliseconds
        waits.push(milliseconds)
        return waits.length < 5 ? Promise.resolve() : person.wait()
      },
    }
    return { world, waits, text: () => person.shown.join('') }
  }
  const XTERM = { TERM: 'xterm' }

  test('says for which server it is, and each second how long the code still counts', async () => {
    const { server, play } = await atHome()
    const { world, waits, text } = terminalOf(80)
    const { exit } = await play({ args: ['login', '--device'], env: XTERM, world })
    expect({ exit, waits }).toEqual({ exit: 0, waits: [1000, 1000, 1000, 1000, 1000] })
    expect(text()).toContain(`The login is for ${new URL(server.url).host}.\n`)
    const counted = ['10:00', '9:59', '9:58', '9:57', '9:56']
    const lines = counted.map((left) => `\r\u001B[KThe code counts for ${left}.`)
    expect(text()).toContain(`${lines.join('')}\r\u001B[KLogged in as Jane Doe`)
  })

  test.each([
    ['in CI', { ...XTERM, CI: 'true' }, []],
    ['under --quiet', XTERM, ['--quiet']],
    ['under --json', XTERM, ['--json']],
    ['on a terminal that draws nothing', { TERM: 'dumb' }, []],
  ])('%s no line is written twice', async (_, env, flags) => {
    const { play } = await atHome()
    const { world, text } = terminalOf(80)
    const person = { ...world, wait: inFive(world) }
    const { exit } = await play({ args: ['login', '--device', ...flags], env, world: person })
    expect(exit).toBe(0)
    expect(text()).not.toContain('\r')
  })

  /** The one wait that there is then is when the person acts. */
  function inFive({ wait }: { wait(milliseconds: number): Promise<void> }) {
    return async (milliseconds: number): Promise<void> => {
      for (let each = 0; each < 5; each += 1) await wait(milliseconds / 5)
    }
  }

  test('--qr shows the page that knows the code, for a telephone', async () => {
    const { server, play } = await atHome()
    const { world, text } = terminalOf(80)
    const { exit } = await play({ args: ['login', '--qr'], env: XTERM, world })
    expect(exit).toBe(0)
    const code = /enter the code (\S+)/.exec(stripVTControlCharacters(text()))?.[1] ?? ''
    const page = `${server.url}/device?user_code=${code}`
    const drawn = renderUnicodeCompact(page, { border: 2 })
    expect(stripVTControlCharacters(text())).toContain(`sent you this code.\n${drawn}\n`)
    // Light on dark, whatever the colours of the terminal are: a reader needs the dark parts dark.
    expect(text()).toContain('\u001B[97m\u001B[40m')
  })

  test('a terminal that is too narrow for it is told so, and the login goes on', async () => {
    const { play } = await atHome()
    const { world, text } = terminalOf(20)
    expect((await play({ args: ['login', '--qr'], env: XTERM, world })).exit).toBe(0)
    expect(text()).toMatch(
      /^This terminal is too narrow for a QR code, which needs \d+ columns\.$/m,
    )
    expect(text()).not.toContain('█')
  })

  test('without a terminal there is a note in its place, and nothing else is said than before', async () => {
    const { play, server } = await atHome()
    const stderr: string[] = []
    const world = {
      exists: () => false,
      stderr: { isTTY: false, write: (text: string) => stderr.push(text) },
      wait: () => Promise.reject(new Error('enough')),
    }
    await play({ args: ['login', '--device', '--qr'], env: XTERM, world })
    const [open, page, , names, cancel, note] = stderr.join('').split('\n')
    expect([open, page]).toEqual(['Open this page on any device:', `${server.url}/device`])
    expect(names).toMatch(/^The page names this login as/)
    expect([cancel, note]).toEqual([
      'Cancel there if somebody else sent you this code.',
      'A QR code is only shown on a terminal.',
    ])
  })

  test.each([['--web'], ['--with-token'], ['--complete']])(
    '--qr and %s are two ways, and refused',
    async (flag) => {
      const { play } = await atHome()
      expect((await play({ args: ['login', '--qr', flag] })).exit).toBe(2)
    },
  )
})
