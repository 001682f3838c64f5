// The command line against the API: what the documentation says of `auth login`, profiles and which key counts, and the
// commands that are worth logging in for.

import { TestClock } from '@keywright/core/testing'
import { Home, type Play, type Played } from '@keywright/cli-kit/testing'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { rememberSecret } from '../../tools/canary/registry.ts'
import { chronary } from './command-line.ts'
import type { StartedApp } from './testing/start-app.ts'
import { startApp } from './testing/start-app.ts'

const FILE = '.config/chronary/config.json'
const PROMPT = 'API key (input hidden): \n'

let clock: TestClock
let app: StartedApp
let home: Home

beforeEach(async () => {
  clock = new TestClock()
  app = await startApp(clock)
  home = new Home()
})

afterEach(() => app.close())

/** Runs a command a second after the one before; the address of the API is shown as `API`. */
async function run(command: string, play: Omit<Play, 'args'> = {}): Promise<Played> {
  clock.advance(1_000)
  const env = { CHRONARY_SERVER_URL: app.url, ...play.env }
  const played = await home.play(chronary, { ...play, args: command.split(' '), env })
  const shown = (text: string): string => text.replaceAll(app.url, 'API')
  return { ...played, stdout: shown(played.stdout), stderr: shown(played.stderr) }
}

const login = (key: string, profile?: string): Promise<Played> =>
  run(profile === undefined ? 'auth login' : `auth login --profile ${profile}`, {
    typed: `${key}\r`,
  })

/** A profile for the org key, and `production` for the key of an agent. */
async function withTwoProfiles(): Promise<{ id: string; key: string; keyId: string }> {
  const agent = await app.addAgent('Ada')
  await login(app.orgKey)
  await login(agent.key, 'production')
  return agent
}

describe('C7: chronary auth login', () => {
  test('prompts for the key, validates it and saves it where only its owner reads', async () => {
    expect(await login(app.orgKey)).toEqual({
      exit: 0,
      stdout: '',
      stderr: `${PROMPT}Logged in as organizations/org_1 (API).\nWrote ~/${FILE} (chmod 600).\n`,
    })
    expect(home.files()).toEqual([`600 ${FILE}`])
    expect(home.modeOf('.config/chronary')).toBe('700')
    expect(JSON.parse(home.read(FILE))).toEqual({
      active: 'default',
      profiles: { default: { api_key: app.orgKey, server_url: app.url } },
    })
  })

  test('takes the key of an agent, and says which it is', async () => {
    const { key } = await app.addAgent('Ada')
    expect((await login(key)).stderr).toContain("Logged in as Ada's key (API).")
  })

  test('--profile saves a named profile beside the others', async () => {
    const { key } = await withTwoProfiles()
    expect(JSON.parse(home.read(FILE))).toEqual({
      active: 'default',
      profiles: {
        default: { api_key: app.orgKey, server_url: app.url },
        production: { api_key: key, server_url: app.url },
      },
    })
  })

  test('saves nothing for a key that the API refuses, and leaves what was saved', async () => {
    const { key, keyId } = await app.addAgent('Ada')
    await app.call(`DELETE /v1/keys/${keyId}`)
    const first = await login(key)
    expect(first.exit).toBe(4)
    expect(first.stderr).toContain('key_revoked')
    expect(first.stderr).toContain('Nothing was stored.')
    expect(home.files()).toEqual([])
    await login(app.orgKey)
    const before = home.read(FILE)
    await login(key)
    expect(home.read(FILE)).toBe(before)
  })

  test.each([
    [`sk-ant-${'a'.repeat(40)}`, 'This is a key of Anthropic (sk-ant-…), not one of Chronary.'],
    ['chr_sk with a space', 'The credential has white space in it.'],
    ['hello', 'This is no credential of Chronary.'],
  ])('names what %j is and sends it nowhere', async (typed, said) => {
    const fetched: string[] = []
    const world = {
      fetch: (url: unknown) => {
        fetched.push(String(url))
        return Promise.reject(new Error('no request was to be made'))
      },
    }
    const { exit, stderr } = await run('auth login', { typed: `${typed}\r`, world })
    expect({ exit, fetched }).toEqual({ exit: 2, fetched: [] })
    expect(stderr).toContain(said)
    expect(stderr).not.toContain(typed)
  })

  test('reads a pipe only when it is told to, and waits for nobody', async () => {
    const piped = `${app.orgKey}\n`
    const refused = await run('auth login', { piped })
    expect(refused).toEqual({
      exit: 4,
      stdout: '',
      stderr:
        'chronary: Nobody can be asked here: this is not a terminal.\n' +
        'Run `chronary auth login --with-token < FILE`, or set CHRONARY_API_KEY.\n',
    })
    expect((await run('auth login --with-token', { piped })).exit).toBe(0)
    expect(home.files()).toEqual([`600 ${FILE}`])
  })

  test('XDG_CONFIG_HOME is where the file goes', async () => {
    const env = { XDG_CONFIG_HOME: `${home.path}/elsewhere` }
    await run('auth login', { typed: `${app.orgKey}\r`, env })
    expect(home.files()).toEqual(['600 elsewhere/chronary/config.json'])
    expect((await run('agents list', { env })).exit).toBe(0)
  })
})

describe('C7: profiles', () => {
  test('auth list shows each by how its key begins, and which one counts', async () => {
    const { key } = await withTwoProfiles()
    expect(await run('auth list')).toEqual({
      exit: 0,
      stdout:
        `*  default     ${app.orgKey.slice(0, 11)}…  API\n` +
        `   production  ${key.slice(0, 11)}…  API\n`,
      stderr: '',
    })
  })

  test('auth switch makes another one count', async () => {
    const { id } = await withTwoProfiles()
    await app.call('POST /v1/agents', { body: { name: 'Ben' } })
    expect((await run('agents list')).stdout.split('\n')).toHaveLength(3)
    const switched = await run('auth switch production')
    expect(switched).toEqual({ exit: 0, stdout: '', stderr: 'Switched to production.\n' })
    expect(JSON.parse(home.read(FILE))).toMatchObject({ active: 'production' })
    expect((await run('agents list')).stdout).toMatch(new RegExp(`^${id}  Ada  \\S+\n$`))
  })

  test('one that is not there is told with those that are', async () => {
    await withTwoProfiles()
    const { exit, stderr } = await run('auth switch staging')
    expect(exit).toBe(6)
    expect(stderr).toContain('There are default, production.')
  })
})

test.each([
  { place: 'the flag', hasFlag: true, hasVariable: true, reached: ['Flag'] },
  { place: 'the variable', hasFlag: false, hasVariable: true, reached: ['Variable'] },
  {
    place: 'the profile',
    hasFlag: false,
    hasVariable: false,
    reached: ['Ada', 'Flag', 'Variable'],
  },
])('C7: the key is that of the flag, the variable, the profile: $place', async (given) => {
  await withTwoProfiles()
  const byFlag = await app.addAgent('Flag')
  const byVariable = await app.addAgent('Variable')
  const flag = given.hasFlag ? ['--api-key', byFlag.key] : []
  const env = { CHRONARY_API_KEY: given.hasVariable ? byVariable.key : '' }
  for (const words of [
    [...flag, 'agents', 'list'],
    ['agents', 'list', ...flag],
  ]) {
    const { stdout } = await run(words.join(' '), { env })
    expect(stdout.match(/(?<= {2})\w+(?= {2})/g)).toEqual(given.reached)
  }
})

test('C7: a profile can be named for one command, by flag or variable', async () => {
  const { id } = await withTwoProfiles()
  await app.call('POST /v1/agents', { body: { name: 'Ben' } })
  const before = home.read(FILE)
  for (const given of [{ flag: '--profile production ' }, { variable: 'production' }]) {
    const { flag = '', variable = '' } = given
    const env = { CHRONARY_PROFILE: variable }
    expect((await run(`${flag}agents list`, { env })).stdout).toMatch(new RegExp(`^${id} .*\n$`))
  }
  expect(home.read(FILE)).toBe(before)
})

describe('what a login is for', () => {
  test('C3: org keys make, list and delete keys of agents, whose text is shown once', async () => {
    await login(app.orgKey)
    const agent = (await run('agents create Sales')).stdout.trim()
    const made = await run(`keys create ${agent} --label production`)
    const key = made.stdout.trim()
    rememberSecret(key)
    expect(made.stdout).toMatch(/^chr_ak_[0-9A-Za-z]{36}\n$/)
    const [, id = ''] =
      /^Made (key_\w+) for agt_\w+\. It is shown once\.\n$/.exec(made.stderr) ?? []
    expect(await run('keys list')).toEqual({
      exit: 0,
      stdout: `${id}  ${key.slice(0, 11)}…  ${agent}  live  production\n`,
      stderr: '',
    })
    const availability = `agents availability ${agent} --api-key ${key}`
    expect((await run(availability)).stdout).toMatch(/^\S+Z {2}\S+Z {2}free\n$/)

    // C8: deleting it ends it at once.
    const deleted = await run(`keys delete ${id} --json`)
    expect(JSON.parse(deleted.stdout)).toMatchObject({ id, agent_id: agent })
    expect((await run(availability)).exit).toBe(4)
    expect((await run('keys list')).stdout).toContain('deleted 2026-11-21T')
  })

  test('C4: the key of an agent is told what it may not do', async () => {
    const { key, id } = await app.addAgent('Ada')
    const other = await app.addAgent('Ben')
    await login(key)
    for (const command of ['agents create Eve', `keys create ${id}`, 'keys list', 'usage']) {
      const { exit, stdout, stderr } = await run(command)
      expect.soft({ exit, stdout }, command).toEqual({ exit: 5, stdout: '' })
      expect.soft(stderr, command).toMatch(/\(403 insufficient_scope.*\)\nIt needs \S+:\S+\.\n/)
    }
    const foreign = await run(`agents availability ${other.id}`)
    expect(foreign.exit).toBe(5)
    expect(foreign.stderr).toContain('403 outside_resource')
    expect((await run(`agents availability ${id}`)).exit).toBe(0)
  })

  test('C5: availability is that of the time that is asked for', async () => {
    const { id } = await app.addAgent('Ada')
    const calendar = await app.call(`POST /v1/agents/${id}/calendars`, { body: { name: 'Work' } })
    const start = '2026-11-22T12:00:00Z'
    const end = '2026-11-22T13:00:00Z'
    const body = { calendar_id: calendar.id, title: 'Lunch', start, end }
    await app.call(`POST /v1/agents/${id}/events`, { body })
    await login(app.orgKey)
    const [from, to] = ['2026-11-22T11:00:00Z', '2026-11-22T14:00:00Z']
    const { stdout } = await run(`agents availability ${id} --from ${from} --to ${to}`)
    const rows = [
      [from, start, 'free'],
      [start, end, 'busy'],
      [end, to, 'free'],
    ]
    expect(stdout).toBe(rows.map((row) => `${row.join('  ')}\n`).join(''))
  })

  test('C8: a regenerated org key ends the one that is stored, and the next command says so', async () => {
    await login(app.orgKey)
    const made = await app.call('POST /v1/org-key/regenerate')
    const { exit, stderr } = await run('agents list')
    expect(exit).toBe(4)
    expect(stderr).toContain('401 key_rotated')
    expect(stderr).toContain(`The credential came from ~/${FILE}:5 (default).`)
    await login(String(made.body['key']))
    expect((await run('agents list')).exit).toBe(0)
  })
})

describe('C9: in a terminal', () => {
  test('a key that is none ends with 4', async () => {
    const flipped = app.orgKey.slice(0, -1) + (app.orgKey.endsWith('0') ? '1' : '0')
    const { exit, stderr } = await run(`agents list --json --api-key ${flipped}`)
    expect(exit).toBe(4)
    expect(JSON.parse(stderr)).toMatchObject({ error: { code: 'invalid_credential' } })
    expect(stderr).not.toContain(flipped)
  })

  test('too many calls are waited for as Retry-After says, and told when that does not help', async () => {
    await login(app.orgKey)
    clock.advance(1_000)
    const spend = async (): Promise<void> => {
      for (let call = 0; call < 11; call += 1) await app.rush('GET /v1/agents')
    }
    const waits: number[] = []
    const world = {
      wait: async (milliseconds: number) => {
        waits.push(milliseconds)
        clock.advance(milliseconds)
        await Promise.resolve()
      },
    }
    const list = { args: ['agents', 'list', '--json'], env: { CHRONARY_SERVER_URL: app.url } }
    await spend()
    const patient = await home.play(chronary, { ...list, world })
    expect({ exit: patient.exit, waits }).toEqual({ exit: 0, waits: [1_000] })

    await spend()
    const stuck = await home.play(chronary, { ...list, world: { wait: () => Promise.resolve() } })
    expect({ exit: stuck.exit, stdout: stuck.stdout }).toEqual({ exit: 7, stdout: '' })
    expect(JSON.parse(stuck.stderr)).toMatchObject({
      error: { code: 'rate_limited', retry_after: 1 },
    })
  })

  test("the month's quota is told as another thing, and not waited for", async () => {
    await login(app.orgKey)
    const remaining = Number((await app.call('GET /v1/usage')).body['remaining'])
    await app.authority.verify({ credential: app.orgKey, cost: remaining })
    const { exit, stderr } = await run('agents list --json')
    expect(exit).toBe(7)
    const monthEnds = Math.ceil((Date.UTC(2026, 11, 1) - clock.now()) / 1000)
    expect(JSON.parse(stderr)).toMatchObject({
      error: { code: 'quota_exhausted', retry_after: monthEnds },
    })
  })
})
