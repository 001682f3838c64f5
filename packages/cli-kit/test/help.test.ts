// `help`: commands as they are, and topics that are held to what the program really does.

import { describe, expect, test } from 'vitest'
import { EXIT } from '../src/output/exit.ts'
import type { CommandLine } from '../src/tree/command-line.ts'
import { AUTOLAB, CHRONARY, METHODIC, SEALED_AUTOLAB } from './world/lines.ts'
import { Home } from './world/play.ts'
import { newSecret, startProduct } from './world/product.ts'
import { startSignIn } from './world/sign-in.ts'

const TOKEN = newSecret('al')

/** Everything there is, also for products that name what they have. */
function open({ isStrict: _, commands: __, ...line }: CommandLine): CommandLine {
  return line
}

async function rowsOf(line: CommandLine, topic: string, world: object = {}) {
  const { stdout } = await new Home().play(line, { args: ['help', topic, '--json'], world })
  return JSON.parse(stdout) as Record<string, unknown>[]
}

describe('help', () => {
  test('shows the whole, a command, and one below another, as --help does', async () => {
    for (const words of [[], ['login'], ['token', 'create']]) {
      const help = await new Home().play(AUTOLAB, { args: ['help', ...words] })
      const flag = await new Home().play(AUTOLAB, { args: [...words, '--help'] })
      expect(help).toEqual(flag)
    }
    const { exit, stderr } = await new Home().play(AUTOLAB, { args: ['help', 'lgoin'] })
    expect(exit).toBe(2)
    expect(stderr).toContain('Topics are environment, exit-codes, files')
  })

  test('of a strict product is what it was', async () => {
    const { exit, stdout } = await new Home().play(METHODIC, { args: ['help'] })
    expect(exit).toBe(0)
    expect(stdout).toContain('help [command]')
  })
})

describe('help environment', () => {
  /** Notes each variable that somebody looks at. */
  function watched(values: Readonly<Record<string, string>>, seen: Set<string>) {
    return new Proxy<Record<string, string | undefined>>(
      { ...values },
      {
        get(target, name: string) {
          seen.add(name)
          return target[name]
        },
      },
    )
  }

  /** Somebody who waits for nothing. */
  function impatient() {
    const control = new AbortController()
    const wait = (): Promise<void> => {
      control.abort()
      return Promise.reject(new Error('enough'))
    }
    return { interrupted: control.signal, wait }
  }

  const COMMANDS = [
    ['login'],
    ['login', '--device'],
    ['login', '--web'],
    ['status'],
    ['why'],
    ['whoami'],
    ['doctor'],
    ['logout'],
    ['token'],
    ['token', 'ls'],
    ['keys'],
    ['keys', 'use', 'x'],
    ['helper', 'exec'],
    ['helper', 'git', 'get'],
    ['run', 'true'],
    ['config', 'path'],
    ['completion', 'bash'],
    ['bind', 'x'],
    ['switch', 'x'],
    ['hosts'],
    ['list'],
  ]

  test.each([
    ['hosts', AUTOLAB, {}],
    ['profiles', CHRONARY, {}],
    ['two YAML files', METHODIC, {}],
    ['sealed hosts', SEALED_AUTOLAB, {}],
    ['hosts, on Windows', AUTOLAB, { platform: 'win32' }],
  ] as const)(
    'names every variable that a command of a product with %s looks at',
    async (...[, line, world]) => {
      const whole = open(line)
      const seen = new Set<string>()
      const server = await startSignIn()
      for (const args of COMMANDS) {
        for (const more of [{}, { DISPLAY: ':0' }, { [line.brand.credential.variable]: TOKEN }]) {
          const values = { TERM: 'xterm', [line.brand.server.variable]: server.url, ...more }
          const env = watched(values, seen)
          const typed = args[0] === 'login' ? { typed: '\u0003' } : {}
          await new Home().play(whole, { args, ...typed, world: { ...world, env, ...impatient() } })
        }
      }
      const rows = await rowsOf(whole, 'environment', world)
      const named = rows.map(({ name }) => name)
      // What only says that this is Windows, and what a program that is run is given.
      const apart = new Set(['OS', 'PATH'])
      const own = [...seen].filter((name) => typeof name === 'string' && !apart.has(name))
      expect(own.filter((name) => !named.includes(name))).toEqual([])
      expect(named.length).toBe(new Set(named).size)
    },
  )

  test('says which are set, and never to what', async () => {
    const { stdout } = await new Home().play(AUTOLAB, {
      args: ['help', 'environment'],
      env: { AUTOLAB_TOKEN: TOKEN },
    })
    expect(stdout).toMatch(/^AUTOLAB_TOKEN +the credential +\(set\)$/m)
    expect(stdout).toMatch(/^AUTOLAB_HOST +the server; otherwise https:\/\/autolab\.example$/m)
    expect(stdout).not.toContain(TOKEN)
  })
})

test('help exit-codes has every exit code, with the error codes that end with it', async () => {
  const rows = await rowsOf(AUTOLAB, 'exit-codes')
  expect(rows.map(({ exit }) => exit)).toEqual(Object.values(EXIT))
  expect(rows.find(({ exit }) => exit === 7)?.['codes']).toEqual([
    'rate_limited',
    'quota_exhausted',
  ])
  const refused = await new Home().play(AUTOLAB, { args: ['whoami', '--json'] })
  const { code } = (JSON.parse(refused.stderr) as { error: { code: string } }).error
  const told = rows.find(({ codes }) => (codes as string[]).includes(code))
  expect(told?.['exit']).toBe(refused.exit)
})

test('help exit-codes has those that a product gives instead', async () => {
  const exits = { usage: 64, not_logged_in: 3, invalid_credential: 3, quota_exhausted: 1 } as const
  const rows = await rowsOf({ ...AUTOLAB, exits }, 'exit-codes')
  const codesOf = (wanted: number): unknown => rows.find(({ exit }) => exit === wanted)?.['codes']
  expect(codesOf(3)).toEqual(['not_logged_in', 'invalid_credential'])
  expect([codesOf(64), codesOf(7)]).toEqual([['usage'], ['rate_limited']])
  expect(codesOf(2)).not.toContain('usage')
  expect(codesOf(1)).toContain('quota_exhausted')
})

test('help files names every file that logins and commands leave', async () => {
  const home = new Home()
  const { url } = await startProduct([TOKEN])
  const server = await startSignIn()
  const play = (args: string[], base: string, piped = '') =>
    home.play(AUTOLAB, { args, piped, env: { AUTOLAB_HOST: base } })
  await play(['login', '--with-token'], url, TOKEN)
  await play(['completion', 'fish'], url)
  await play(['login', '--start'], server.url)
  const { stdout } = await play(['help', 'files'], url)
  const named = stdout.split('\n').map((line) => line.split(' ')[0]?.replace('~/', ''))
  const left = home.files().map((file) => file.replace(/^\d+ /, ''))
  expect(left.length).toBe(3)
  expect(left.filter((file) => !named.includes(file))).toEqual([])
  expect(home.files().every((file) => file.startsWith('600 '))).toBe(true)
})
