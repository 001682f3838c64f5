// Each stream on its own, each failure in text and in JSON, and what a brand may decide about it.

import { stripVTControlCharacters } from 'node:util'
import { PassThrough } from 'node:stream'
import { describe, expect, test } from 'vitest'
import { EXIT } from '../src/output/exit.ts'
import type { World } from '../src/world/world.ts'
import { AUTOLAB, CHRONARY } from './world/lines.ts'
import { Home } from './world/play.ts'
import { newSecret, startProduct } from './world/product.ts'

const TOKEN = newSecret('al')
const AT_ONCE = { wait: () => Promise.resolve() }

/** What both streams show, each a terminal or not. */
async function shown(
  isTerminal: { readonly stdout: boolean; readonly stderr: boolean },
  args: readonly string[],
  env: Readonly<Record<string, string>>,
) {
  const product = await startProduct([TOKEN])
  const given = { AUTOLAB_HOST: product.url, AUTOLAB_TOKEN: TOKEN }
  const home = new Home()
  await home.play(AUTOLAB, { args: ['token', 'create', '--name', 'x'], env: given })
  const texts = { stdout: '', stderr: '' }
  const printer = (name: 'stdout' | 'stderr'): World['stdout'] => ({
    isTTY: isTerminal[name],
    write: (text) => (texts[name] += text),
  })
  const world = { stdout: printer('stdout'), stderr: printer('stderr') }
  await home.play(AUTOLAB, { args: ['token', 'ls', ...args], env: { ...given, ...env }, world })
  await home.play(AUTOLAB, { args: ['token', 'show', 'nobody', ...args], env: given, world })
  const isColored = (text: string): boolean => stripVTControlCharacters(text) !== text
  return [isColored(texts.stdout), isColored(texts.stderr)]
}

describe('colour', () => {
  test.each([
    [true, true, {}, [], [true, true]],
    [false, true, {}, [], [false, true]],
    [true, false, {}, [], [true, false]],
    [false, false, {}, [], [false, false]],
    [true, false, { NO_COLOR: '1' }, [], [false, false]],
    [true, false, { TERM: 'dumb' }, [], [false, false]],
    [true, true, {}, ['--no-color'], [false, false]],
    [false, false, { FORCE_COLOR: '1' }, [], [true, false]],
    [true, false, { FORCE_COLOR: '0' }, [], [false, false]],
    [true, false, { FORCE_COLOR: '1', NO_COLOR: '1' }, [], [false, false]],
  ])(
    'is that of each stream: stdout a terminal %s, stderr %s, %j %j',
    async (...[stdout, stderr, env, args, expected]) => {
      expect(await shown({ stdout, stderr }, args, env)).toEqual(expected)
    },
  )
})

describe('a question is asked where stdin and stderr are terminals', () => {
  const CREDENTIAL = newSecret('chr_sk')

  test.each([
    [true, true, {}, [], 0],
    [true, false, {}, [], 4],
    [false, true, {}, [], 4],
    [true, true, { CI: '1' }, [], 4],
    [true, true, { CI: 'false' }, [], 0],
    [true, true, {}, ['--no-input'], 4],
  ])('stdin %s, stderr %s, %j %j ends with %i', async (...[stdin, stderr, env, flags, exit]) => {
    const stream = new PassThrough()
    stream.write(`${CREDENTIAL}\r`)
    const asked: string[] = []
    const world = {
      stdin: Object.assign(stream, { isTTY: stdin, setRawMode: () => stream }),
      stderr: { isTTY: stderr, write: (text: string) => asked.push(text) },
      stdout: { isTTY: false, write: () => true },
    }
    const args = ['auth', 'login', '--no-verify', ...flags]
    const played = await new Home().play(CHRONARY, { args, env, world })
    expect(played.exit).toBe(exit)
    const isAsked = exit === 0
    expect(asked.join('').includes('input hidden')).toBe(isAsked)
    // What nobody asked for is still there for the next program.
    const left = stream.read() as Buffer | null
    expect(left?.toString() ?? '').toBe(isAsked ? '' : `${CREDENTIAL}\r`)
  })
})

describe('a failure', () => {
  test.each([
    ['a word that is no command', ['nothing'], {}, EXIT.usage, 'usage'],
    ['no login', ['whoami'], {}, EXIT.rejected, 'not_logged_in'],
    ['nobody to ask', ['login', '--with-token', '--token', 'x'], {}, EXIT.usage, 'usage'],
    ['a lost network', ['whoami'], { AUTOLAB_TOKEN: TOKEN }, EXIT.unreachable, 'unreachable'],
    ['a setting that is none', ['config', 'get', 'x'], {}, EXIT.usage, 'usage'],
    ['nothing found', ['switch', 'https://a.example'], {}, EXIT.notFound, 'not_found'],
  ])('of %s is the same in text and as JSON, and stdout is empty', async (...given) => {
    const [, args, env, exit, code] = given
    const world = { ...AT_ONCE, fetch: () => Promise.reject(new TypeError('fetch failed')) }
    const text = await new Home().play(AUTOLAB, { args, env, world })
    const json = await new Home().play(AUTOLAB, { args: [...args, '--json'], env, world })
    expect([text.exit, json.exit, text.stdout, json.stdout]).toEqual([exit, exit, '', ''])
    const { error } = JSON.parse(json.stderr) as { error: { code: string; message: string } }
    expect(error.code).toBe(code)
    expect(text.stderr).toContain(error.message)
  })

  test('of Ctrl-C is 130 in text and as JSON', async () => {
    const interruption = new AbortController()
    interruption.abort()
    const env = { AUTOLAB_TOKEN: TOKEN, AUTOLAB_HOST: 'http://127.0.0.1:9' }
    const world = { interrupted: interruption.signal }
    const text = await new Home().play(AUTOLAB, { args: ['whoami'], env, world })
    const json = await new Home().play(AUTOLAB, { args: ['whoami', '--json'], env, world })
    expect([text.exit, json.exit]).toEqual([130, 130])
    expect(JSON.parse(json.stderr)).toMatchObject({ error: { code: 'interrupted' } })
  })

  test('ends with the code that a product gives it', async () => {
    const line = { ...AUTOLAB, exits: { not_logged_in: 3, usage: 64 } }
    expect((await new Home().play(line, { args: ['whoami'] })).exit).toBe(3)
    expect((await new Home().play(line, { args: ['nothing'] })).exit).toBe(64)
    expect((await new Home().play(line, { args: ['switch', 'x'] })).exit).toBe(6)
  })
})

describe('--json', () => {
  test('is one document from every command that has one, and no secret but from those that print one', async () => {
    const product = await startProduct([TOKEN])
    const home = new Home()
    const env = { AUTOLAB_HOST: product.url }
    const login = ['login', '--with-token', '--json']
    const first = await home.play(AUTOLAB, { args: login, env, piped: TOKEN })
    expect(JSON.parse(first.stdout)).toMatchObject({ is_verified: true })
    for (const command of [
      'status',
      'whoami',
      'hosts',
      'why',
      'doctor',
      'token ls',
      'keys',
      'config path',
      'config get token',
      'config get server_url',
      `switch ${product.url}`,
      'completion bash',
      'logout --local-only',
    ]) {
      const { stdout } = await home.play(AUTOLAB, { args: [...command.split(' '), '--json'], env })
      expect([command, typeof JSON.parse(stdout), stdout.includes(TOKEN)]).toEqual([
        command,
        'object',
        false,
      ])
    }
  })

  test.each(['--json', '--quiet', '--no-input', '--yes', '--debug', '--no-color'])(
    '%s is taken before and after the name of a command',
    async (flag) => {
      const env = { AUTOLAB_TOKEN: TOKEN }
      const before = await new Home().play(AUTOLAB, { args: [flag, 'token', 'print'], env })
      const between = await new Home().play(AUTOLAB, { args: ['token', flag, 'print'], env })
      const after = await new Home().play(AUTOLAB, { args: ['token', 'print', flag], env })
      expect([before, between]).toEqual([after, after])
      expect([after.exit, after.stdout.includes(TOKEN)]).toEqual([0, true])
    },
  )
})

describe('what a server says stays on its line', () => {
  test('in a list, in a note and in a failure', async () => {
    const product = await startProduct([TOKEN])
    const evil = 'x\nwarning: your disk is gone\u001B[8m\u2028\r\u001B]8;;http://a\u0007'
    product.spoil((request, response) => {
      const isList = request.url === '/v1/tokens'
      response.writeHead(isList ? 200 : 403, { 'content-type': 'application/json' })
      const row = { id: 'tok_1', name: evil, start: evil, kind: evil, revoked_at: null }
      response.end(JSON.stringify(isList ? { data: [row] } : { code: evil, detail: evil }))
    })
    const env = { AUTOLAB_HOST: product.url, AUTOLAB_TOKEN: TOKEN }
    const run = async (args: string) => {
      const { stdout, stderr } = await new Home().play(AUTOLAB, { args: args.split(' '), env })
      return stdout + stderr
    }
    for (const args of ['token ls', 'token show tok_1', 'whoami', 'token revoke tok']) {
      const text = await run(args)
      expect(text).not.toMatch(/^warning: your disk/m)
      // oxlint-disable-next-line no-control-regex -- control characters are what is looked for
      expect(text).not.toMatch(/\u001B\[8m|[\u0000-\u0009\u000B-\u001A\u001C-\u001F\u007F-\u009F]/)
    }
  })
})
