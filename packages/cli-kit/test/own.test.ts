// A product's own commands: they stand beside those of the kit, and have its login, its output rules and its exit codes.

import { clientFor } from '@keywright/client'
import { describe, expect, test } from 'vitest'
import { Failure } from '../src/output/failure.ts'
import type { OwnCommands } from '../src/own/own-command.ts'
import type { CommandLine } from '../src/tree/command-line.ts'
import { CHRONARY } from './world/lines.ts'
import { Home } from './world/play.ts'
import { newSecret, startProduct } from './world/product.ts'

const STORED = newSecret('chr_sk')
const OTHER = newSecret('chr_sk')

class Chronary extends clientFor(CHRONARY.brand) {
  readonly notes = {
    list: () => this.pages<{ id: string; name: string }>('GET /v1/tokens'),
    create: (name: string) =>
      this.call<{ id: string; token: string }>('POST /v1/tokens', { body: { name } }),
  }
}

const OWN: OwnCommands = {
  notes: {
    about: 'notes of the team',
    commands: {
      list: {
        about: 'list the notes',
        load: async () => async (own) => {
          const notes: { id: string; name: string }[] = []
          for await (const note of own.client(Chronary).notes.list()) notes.push(note)
          const rows = notes.map(({ id, name }) => [id, name])
          own.answer(
            notes.map(({ id, name }) => ({ id, name })),
            own.table([['ID', 'NAME'], ...rows]),
          )
          if (rows.length === 0) own.note('There are no notes.')
        },
      },
      create: {
        about: 'make a note',
        argument: '<name>',
        flags: [['--color <color>', 'its colour']],
        load:
          async () =>
          async (own, { argument = '', flags }) => {
            if (flags['color'] === 'none') {
              throw new Failure('usage', 'none is no colour.', { hint: 'Say --color red.' })
            }
            const { token } = await own.client(Chronary).notes.create(argument)
            own.answer({ token }, [token])
          },
      },
    },
  },
  clear: {
    about: 'clear all notes',
    load: async () => async (own) => {
      if (await own.confirm('Clear them all?')) own.warn('they are gone')
    },
  },
}

const LINE: CommandLine = { ...CHRONARY, own: OWN }

async function atHome() {
  const product = await startProduct([STORED])
  const home = new Home()
  const env = { CHRONARY_BASE_URL: product.url }
  await home.play(LINE, { args: ['auth', 'login'], env, typed: `${STORED}\r` })
  return { home, product, env }
}

describe("a product's own command", () => {
  test('has the client of the stored login, and answers as text or as JSON', async () => {
    const { home, env } = await atHome()
    const empty = await home.play(LINE, { args: ['notes', 'list'], env })
    expect(empty).toEqual({ exit: 0, stdout: 'ID  NAME\n', stderr: 'There are no notes.\n' })
    const made = await home.play(LINE, { args: ['notes', 'create', 'milk'], env })
    expect(made.stdout).toMatch(/^al_\w+\n$/)
    const listed = await home.play(LINE, { args: ['notes', 'list', '--json'], env })
    expect(JSON.parse(listed.stdout)).toEqual([{ id: 'tok_a0', name: 'milk' }])
    expect(listed.stderr).toBe('')
  })

  test('takes the credential of the flag before that of the variable and of the login', async () => {
    const { home, env } = await atHome()
    const args = ['notes', 'list']
    const withVariable = { ...env, CHRONARY_API_KEY: OTHER }
    const refused = await home.play(LINE, { args, env: withVariable })
    expect(refused.exit).toBe(4)
    expect(refused.stderr).toContain(
      'The credential came from CHRONARY_API_KEY, which hides ~/.config/chronary/config.json:5 (default).',
    )
    const flag = ['--api-key', STORED]
    const taken = await home.play(LINE, { args: [...flag, ...args], env: withVariable })
    expect(taken.exit).toBe(0)
  })

  test('says which login is missing, and how to get one', async () => {
    const { exit, stdout, stderr } = await new Home().play(LINE, { args: ['notes', 'list'] })
    expect({ exit, stdout }).toEqual({ exit: 4, stdout: '' })
    expect(stderr).toBe(
      'chronary: You are not logged in.\nRun `chronary auth login`, or set CHRONARY_API_KEY.\n',
    )
  })

  test('ends with the exit code of what its client throws, and of its own failures', async () => {
    const { home, env, product } = await atHome()
    const wrong = await home.play(LINE, {
      args: ['notes', 'create', 'x', '--color', 'none'],
      env,
    })
    expect(wrong).toEqual({
      exit: 2,
      stdout: '',
      stderr: 'chronary: none is no colour.\nSay --color red.\n',
    })
    product.spoil((_, response) => {
      const body = { code: 'quota_exhausted', detail: 'The month is used up.' }
      response.writeHead(429, { 'content-type': 'application/json' }).end(JSON.stringify(body))
    })
    const limited = await home.play(LINE, { args: ['notes', 'list', '--json'], env })
    expect({ exit: limited.exit, stdout: limited.stdout }).toEqual({ exit: 7, stdout: '' })
    expect(JSON.parse(limited.stderr)).toMatchObject({ error: { code: 'quota_exhausted' } })
  })

  test('is interrupted while the server keeps it waiting', async () => {
    const { home, env, product } = await atHome()
    const interruption = new AbortController()
    product.spoil(() => interruption.abort())
    const played = await home.play(LINE, {
      args: ['notes', 'list'],
      env,
      world: { interrupted: interruption.signal },
    })
    expect(played).toEqual({ exit: 130, stdout: '', stderr: 'chronary: Interrupted.\n' })
  })

  test('confirms under --yes, and asks nobody where nobody is', async () => {
    const home = new Home()
    const sure = await home.play(LINE, { args: ['clear', '--yes'] })
    expect(sure).toEqual({ exit: 0, stdout: '', stderr: 'warning: they are gone\n' })
    expect((await home.play(LINE, { args: ['clear'] })).exit).toBe(4)
  })

  test('stands in the help and in the completion', async () => {
    const home = new Home()
    const help = await home.play(LINE, { args: ['--help'] })
    expect(help.stdout).toMatch(/^ {2}notes +notes of the team$/m)
    const below = await home.play(LINE, { args: ['notes', 'create', '--help'] })
    expect(below.stdout).toContain('chronary notes create [options] <name>')
    expect(below.stdout).toMatch(/--color <color> +its colour/)
    const { stdout } = await home.play(LINE, { args: ['completion', 'bash'] })
    expect(stdout).toContain(`'notes') words='list create' flags='`)
    expect(stdout).toMatch(/'notes create'\) words='' flags='--color /)
  })

  test('is refused when the kit has one of that name', async () => {
    const own: OwnCommands = { completion: { about: 'x', load: async () => async () => undefined } }
    const played = await new Home().play({ ...CHRONARY, own }, { args: ['--help'] })
    expect(played.exit).toBe(1)
    expect(played.stderr).toContain("chronary has two commands 'completion'")
  })
})
