// The command line against the API with modes: a profile for each key, and what is told apart.

import { Home, type Play, type Played } from '@keywright/cli-kit/testing'
import { TestClock } from '@keywright/core/testing'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { chronary } from './command-line.ts'
import type { StartedApp } from './testing/start-app.ts'
import { startApp } from './testing/start-app.ts'

const FILE = '.config/chronary/config.json'

let clock: TestClock
let app: StartedApp
let home: Home

beforeEach(async () => {
  clock = new TestClock()
  app = await startApp(clock)
  home = new Home()
  for (const [profile, key] of [
    ['default', app.liveKey],
    ['development', app.testKey],
  ] as const) {
    const played = await run(`auth login --profile ${profile}`, { typed: `${key}\r` })
    expect(played.exit).toBe(0)
  }
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

/** Uses the month up, as live calls do. */
async function useUp(): Promise<void> {
  const { quota } = (await app.call('GET /v1/usage', { key: app.liveKey })).body
  const { remaining } = quota as { remaining: number }
  await app.authority.verify({ credential: app.liveKey, cost: remaining })
}

test('D1: a profile for each key, told apart by how it begins', async () => {
  expect((await run('auth list')).stdout).toBe(
    `*  default      ${app.liveKey.slice(0, 16)}…  API\n` +
      `   development  ${app.testKey.slice(0, 16)}…  API\n`,
  )
  const { exit, stderr } = await run('auth login', { typed: `chr_sk_${'a'.repeat(36)}\r` })
  expect(exit).toBe(2)
  expect(stderr).toContain('Give a credential of Chronary: chr_sk_live_…, chr_sk_test_….')
})

test('D2: agents of one mode do not exist in the other', async () => {
  await run('agents create Live')
  await run('agents create Test --profile development')
  expect((await run('agents list')).stdout).toMatch(/^agt_\w+ {2}Live {2}\S+\n$/)
  await run('auth switch development')
  expect((await run('agents list')).stdout).toMatch(/^agt_\w+ {2}Test {2}\S+\n$/)
})

test('D3: live calls are counted, test calls are free and unlimited', async () => {
  expect((await run('usage')).stdout).toMatch(/^live mode: \d+ of 10000 calls used, \d+ left/)
  const free = 'test mode is free and unlimited\n'
  expect((await run('usage --profile development')).stdout).toBe(free)
  const { stdout } = await run('usage --json --profile development')
  expect(JSON.parse(stdout)).toEqual({ mode: 'test', quota: null })
})

describe('D6: in a terminal are told apart', () => {
  test('the regenerated key of a mode, that mode alone', async () => {
    const path = 'POST /v1/org-key/regenerate'
    expect((await app.call(path, { key: app.liveKey })).status).toBe(200)
    const refused = await run('agents list')
    expect(refused.exit).toBe(4)
    expect(refused.stderr).toContain('401 key_rotated')
    expect(refused.stderr).toContain(`The credential came from ~/${FILE}:5 (default).`)
    expect((await run('agents list --profile development')).exit).toBe(0)
  })

  test('a key that never was one', async () => {
    const key = `chr_sk_test_${'a'.repeat(36)}`
    const { exit, stderr } = await run(`agents list --json --api-key ${key}`)
    expect(exit).toBe(4)
    expect(JSON.parse(stderr)).toMatchObject({ error: { code: 'invalid_credential' } })
  })

  test('D5: 11 calls in one second, in both modes', async () => {
    for (const [profile, key] of [
      ['default', app.liveKey],
      ['development', app.testKey],
    ] as const) {
      for (let call = 0; call < 11; call += 1) await app.rush('GET /v1/agents', { key })
      const { exit, stdout, stderr } = await home.play(chronary, {
        args: ['agents', 'list', '--profile', profile],
        world: { wait: () => Promise.resolve() },
      })
      expect({ exit, stdout }).toEqual({ exit: 7, stdout: '' })
      expect(stderr).toContain('429 rate_limited')
    }
  })

  test('a used-up month, in live mode alone', async () => {
    await useUp()
    const { exit, stderr } = await run('agents list --json')
    expect(exit).toBe(7)
    const monthEnds = Math.ceil((Date.UTC(2026, 11, 1) - clock.now()) / 1000)
    expect(JSON.parse(stderr)).toMatchObject({
      error: { code: 'quota_exhausted', retry_after: monthEnds },
    })
    expect((await run('agents list --profile development')).exit).toBe(0)
  })
})
