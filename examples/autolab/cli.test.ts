// `autolab` as its documentation shows it, against the control node: what goes in, what comes out, what is in the files.

import { TestClock } from '@keywright/core/testing'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { rememberSecret } from '../../tools/canary/registry.ts'
import { CREDENTIALS, Machine, TOKEN_ALONE } from './testing/at-home.ts'
import type { StartedApp } from './testing/start-app.ts'
import { startApp } from './testing/start-app.ts'

const NODES = '/v1/projects/alice/nanochat/nodes'
const NANOCHAT = 'alice/nanochat'

let app: StartedApp
let clock: TestClock

beforeEach(async () => {
  clock = new TestClock()
  app = await startApp(clock)
})

afterEach(() => app.close())

/** Alice's machine, logged in with her first token. */
function aliceAtHome(): Promise<Machine> {
  return new Machine(app.url).logIn(app.alice.token)
}

describe('autolab login --token', () => {
  test('A2: stores the token of its host, for the owner of the file alone', async () => {
    const machine = new Machine()
    const command = `login --token ${app.alice.token} --server-url ${app.url}`
    expect(await machine.run(command)).toEqual({
      exit: 0,
      stdout: '',
      stderr:
        'warning: a credential in the arguments can be seen by other users of this machine.\n' +
        `Logged in as Alice (${app.url}).\n` +
        `Wrote ~/${CREDENTIALS} (chmod 600).\n`,
    })
    expect(machine.home.files()).toEqual([`600 ${CREDENTIALS}`])
    expect(machine.home.modeOf('.config/autolab')).toBe('700')
    expect(JSON.parse(machine.home.read(CREDENTIALS))).toEqual({
      active: app.url,
      hosts: { [app.url]: { token: app.alice.token } },
    })
    expect(await machine.run('whoami')).toEqual({
      exit: 0,
      stdout: `${app.url}  Alice\n`,
      stderr: '',
    })
  })

  test('A2: AUTOLAB_TOKEN is used ahead of a stored login, and a login says so', async () => {
    const vera = await app.join('Vera', 'viewer')
    const machine = await aliceAtHome()
    const env = { AUTOLAB_TOKEN: vera.token }
    expect((await machine.run('whoami', { env })).stdout).toBe(`${app.url}  Vera\n`)
    expect((await machine.run('token', { env })).stdout).toBe(`${vera.token}\n`)
    const again = await machine.run('login --with-token', { env, piped: app.alice.token })
    expect(again.stderr).toContain(
      'warning: AUTOLAB_TOKEN is set and counts before this login; to use the login, run: unset AUTOLAB_TOKEN\n',
    )
  })

  test('A2: a token that is not good is not stored', async () => {
    const machine = new Machine(app.url)
    await app.call('POST /v1/tokens', { body: { name: 'gone' } }).then(async ({ body }) => {
      await app.call('DELETE /v1/tokens/gone')
      const piped = String(body['token'])
      const { exit, stdout, stderr } = await machine.run('login --with-token', { piped })
      expect([exit, stdout]).toEqual([4, ''])
      expect(stderr).toContain('Nothing was stored.')
    })
    expect(machine.home.files()).toEqual([])
  })

  test('A1: logins to two hosts coexist, and each is used at its own', async () => {
    const other = await startApp(new TestClock())
    try {
      const machine = await aliceAtHome()
      const second = { env: { AUTOLAB_SERVER_URL: other.url } }
      await machine.run('login --with-token', { ...second, piped: other.alice.token })
      expect((await machine.run('token')).stdout).toBe(`${app.alice.token}\n`)
      expect((await machine.run('token', second)).stdout).toBe(`${other.alice.token}\n`)
      expect((await machine.run('logout --local-only', second)).stderr).toBe(
        `Removed the login ${other.url}. It still counts at ${other.url}.\n`,
      )
      expect((await machine.run('token', second)).exit).toBe(4)
      expect((await machine.run('whoami')).exit).toBe(0)
    } finally {
      await other.close()
    }
  })
})

describe('autolab token', () => {
  test('A4: prints the token that is in use, alone', async () => {
    const machine = await aliceAtHome()
    expect(await machine.run('token')).toEqual({
      exit: 0,
      stdout: `${app.alice.token}\n`,
      stderr: '',
    })
  })

  test('A4: create prints the new token once and alone, and it acts as the person', async () => {
    const machine = await aliceAtHome()
    const made = await machine.run('token create --name gpu-box')
    expect(made).toEqual({
      exit: 0,
      stdout: expect.stringMatching(TOKEN_ALONE),
      stderr: 'Made gpu-box. It is shown once.\n',
    })
    const env = { AUTOLAB_TOKEN: made.stdout.trim() }
    const gpubox = new Machine(app.url)
    expect((await gpubox.run('whoami', { env })).stdout).toBe(`${app.url}  Alice\n`)
  })

  test('A4: create makes a token that may less, and lives shorter, where that is said', async () => {
    const machine = await aliceAtHome()
    const made = await machine.run('token create --name ci --scope projects:read --expires 12h')
    const env = { AUTOLAB_TOKEN: made.stdout.trim() }
    const refused = await new Machine(app.url).run(`serve --project ${NANOCHAT}`, { env })
    expect(refused.exit).toBe(5)
    expect(refused.stderr).toContain('It needs nodes:write.')
    const shown = JSON.parse((await machine.run('token show ci --json')).stdout) as object
    expect(shown).toMatchObject({ scopes: ['projects:read'] })
    expect(shown).not.toMatchObject({ expires_at: null })
  })

  test('A4: ls lists the tokens over all pages, without their secrets', async () => {
    const machine = await aliceAtHome()
    for (let more = 0; more < 101; more += 1) {
      await app.call('POST /v1/tokens', { body: { name: `box-${more}` } })
    }
    const { exit, stdout } = await machine.run('token ls')
    const [head, ...rows] = stdout.trimEnd().split('\n')
    expect([exit, head?.split(/ {2,}/), rows.length]).toEqual([
      0,
      ['ID', 'NAME', 'TOKEN', 'LAST USED', 'ENDS'],
      102,
    ])
    expect(stdout).not.toContain(app.alice.token)
    expect(rows.join('\n')).toMatch(/^key_\w+ +first +al_\w+… +never used +no end$/m)
  })

  test('A4: revoke ends a token by its name or the beginning of its id, and what was made with it', async () => {
    const machine = await aliceAtHome()
    const box = (await machine.run('token create --name gpu-box')).stdout.trim()
    const env = { AUTOLAB_TOKEN: box }
    await machine.run('token create --name worker', { env })
    expect((await machine.run('token revoke gpu-box')).stderr).toMatch(
      // Its use of a moment ago is warned of, when the server has written that down already.
      /^(warning: gpu-box was used \d+ s ago\.\n)?Revoked gpu-box \(key_\w+\)\.\nWith it ended what was made with it: worker\.\n$/,
    )
    expect((await machine.run('whoami', { env })).exit).toBe(4)
    const { id } = await app.call('POST /v1/tokens', { body: { name: 'laptop' } })
    expect((await machine.run(`token revoke ${id.slice(0, -2)}`)).stderr).toContain('laptop')
    expect((await machine.run('token revoke nothing')).exit).toBe(6)
  })

  test('A4: an ambiguous name is refused, and nothing is revoked', async () => {
    const machine = await aliceAtHome()
    for (const name of ['box', 'box']) await app.call('POST /v1/tokens', { body: { name } })
    const { exit, stderr } = await machine.run('token revoke box')
    expect(exit).toBe(2)
    expect(stderr).toMatch(
      /More than one token fits box: key_\w+ \(box, made \S+\), key_\w+ \(box, made \S+\)\.\n/,
    )
    const left = JSON.parse((await machine.run('token ls --json')).stdout) as unknown[]
    expect(left.length).toBe(3)
  })
})

describe('autolab serve', () => {
  /** Ctrl-C after so many half minutes. */
  function interruptedAfter(beats: number, onBeat: () => Promise<unknown> = async () => undefined) {
    const interruption = new AbortController()
    let waited = 0
    return {
      interrupted: interruption.signal,
      async wait(milliseconds: number, signal: AbortSignal): Promise<void> {
        expect(milliseconds).toBe(30_000)
        waited += 1
        clock.advance(milliseconds)
        await onBeat()
        if (waited > beats) interruption.abort()
        signal.throwIfAborted()
      },
      hostName: 'gpubox',
    }
  }

  test('A5: registers this machine, says so again and again, and ends with Ctrl-C', async () => {
    const rob = await app.join('Rob', 'researcher')
    const env = { AUTOLAB_TOKEN: rob.token }
    const served = await new Machine(app.url).run(`serve --project ${NANOCHAT}`, {
      env,
      world: interruptedAfter(3),
    })
    expect(served).toEqual({
      exit: 130,
      stdout: expect.stringMatching(/^node_\w+\n$/),
      stderr:
        'gpubox is an execution node of alice/nanochat. Ctrl-C ends it.\nautolab: Interrupted.\n',
    })
    const { data } = (await app.call(`GET ${NODES}`)).body as { data: Record<string, string>[] }
    expect(data).toMatchObject([{ name: 'gpubox', registered_by: 'rob' }])
    const [{ created_at: created = '', last_seen_at: seen = '' } = {}] = data
    expect(Date.parse(seen) - Date.parse(created)).toBe(90_000)
  })

  test.each(['admin', 'researcher'] as const)('A5: is allowed to the %s', async (role) => {
    const { token } = await app.join('Ada', role)
    const play = { env: { AUTOLAB_TOKEN: token }, world: interruptedAfter(0) }
    const { exit } = await new Machine(app.url).run(`serve --project ${NANOCHAT}`, play)
    expect(exit).toBe(130)
  })

  test('A5: is refused to a viewer, and to others there is no such project', async () => {
    const vera = await app.join('Vera', 'viewer')
    const mallory = await app.join('Mallory')
    const exits = []
    for (const { token } of [vera, mallory]) {
      const env = { AUTOLAB_TOKEN: token }
      const { exit, stdout } = await new Machine(app.url).run(`serve --project ${NANOCHAT}`, {
        env,
      })
      exits.push([exit, stdout])
    }
    expect(exits).toEqual([
      [5, ''],
      [6, ''],
    ])
  })

  test('A5: ends when its token is revoked', async () => {
    const machine = await aliceAtHome()
    const env = { AUTOLAB_TOKEN: (await machine.run('token create --name gpu-box')).stdout.trim() }
    const { exit, stderr } = await new Machine(app.url).run(`serve --project ${NANOCHAT}`, {
      env,
      world: interruptedAfter(5, () => machine.run('token revoke gpu-box')),
    })
    expect(exit).toBe(4)
    expect(stderr).toContain('AUTOLAB_TOKEN')
  })

  test('A5: takes the project of the variable or of the folder, and asks for one without', async () => {
    const machine = await aliceAtHome()
    const none = await machine.run('serve')
    expect(none).toEqual({
      exit: 2,
      stdout: '',
      stderr:
        'autolab: There is no project to do this for.\n' +
        'Say --project OWNER/NAME, or set AUTOLAB_PROJECT, or write it into .autolab-project here.\n',
    })
    await machine.home.put({ '.autolab-project': 'alice/nothing\n' })
    expect((await machine.run('serve')).exit).toBe(6)
    const env = { AUTOLAB_PROJECT: NANOCHAT }
    expect((await machine.run('serve', { env, world: interruptedAfter(0) })).exit).toBe(130)
    await machine.home.put({ '.autolab-project': 'nanochat\n' })
    const wrong = await machine.run('serve')
    expect([wrong.exit, wrong.stderr]).toEqual([
      2,
      'autolab: ~/.autolab-project names no project.\nWrite OWNER/NAME, as alice/nanochat.\n',
    ])
  })
})

describe('autolab keys', () => {
  const KEY = `sk-ant-api03-${'4f0a9c'.repeat(6)}`
  rememberSecret(KEY)

  test('A6: add asks for the value unseen, and says that this server keeps none', async () => {
    const machine = await aliceAtHome()
    const command = 'keys add --provider anthropic --name personal --limit 25'
    const env = { NO_COLOR: '1' }
    const added = await machine.run(command, { typed: `${KEY}\r`, env })
    expect([added.exit, added.stdout]).toEqual([1, ''])
    expect(added.stderr).toContain(
      'anthropic key (input hidden): \n' +
        'autolab: This server keeps no provider keys: nothing was stored. Every project thinks with the platform key. (501 not_offered',
    )
    expect(await machine.run('keys')).toEqual({
      exit: 0,
      stdout: '',
      stderr: 'No provider keys are stored.\n',
    })
  })

  test('A6: use names the project, and says that there is no such key', async () => {
    const machine = await aliceAtHome()
    const command = `keys use personal --model openai/gpt-5.5 --project ${NANOCHAT}`
    expect(await machine.run(command)).toEqual({
      exit: 6,
      stdout: '',
      stderr:
        'autolab: There is no provider key called personal.\n' +
        'No provider keys are stored; `autolab keys add` stores one.\n',
    })
  })

  test('A6: names the providers', async () => {
    const machine = await aliceAtHome()
    const { exit, stderr } = await machine.run('keys add --provider acme')
    expect(exit).toBe(2)
    expect(stderr).toContain(
      'Providers are anthropic, openai, google, openrouter, xai, deepseek, minimax, moonshot, glm, qwen.',
    )
  })

  test('A9: a provider key given as a token is named as such, and never sent', async () => {
    const machine = new Machine(app.url)
    const fetched: unknown[] = []
    const world = {
      fetch: (input: unknown) => {
        fetched.push(input)
        return Promise.reject(new TypeError('nothing is to be asked'))
      },
    }
    const given = await machine.run(`login --token ${KEY}`, { world })
    expect(given.exit).toBe(2)
    expect(given.stderr).toContain(
      'autolab: This is a key of Anthropic (sk-ant-…), not one of AutoLab.\n' +
        'Give a credential of AutoLab: al_…. Keys of providers are stored with `autolab keys add`.\n',
    )
    const env = { AUTOLAB_TOKEN: KEY }
    const used = await machine.run('whoami', { env, world })
    expect(used.exit).not.toBe(0)
    expect(used.stderr).toContain('Anthropic')
    expect([given.stderr, used.stderr].join('')).not.toContain(KEY)
    expect(fetched).toEqual([])
    expect(machine.home.files()).toEqual([])
  })

  test('A9: a token given as a provider key is named as such, and so is the key of another provider', async () => {
    const machine = await aliceAtHome()
    const asked: string[] = []
    const world = {
      fetch: (input: string | URL | Request) => {
        asked.push(new Request(input).url)
        return Promise.reject(new TypeError('nothing is to be asked'))
      },
    }
    const add = (typed: string) =>
      machine.run('keys add --provider openai', { typed: `${typed}\r`, world })
    const token = await add(app.alice.token)
    const foreign = await add(KEY)
    expect([token.exit, foreign.exit, asked]).toEqual([2, 2, []])
    expect(token.stderr).toContain('This is a token of AutoLab, not a key of openai.')
    expect(foreign.stderr).toContain('This is a key of Anthropic (sk-ant-…), not one of openai.')
  })
})
