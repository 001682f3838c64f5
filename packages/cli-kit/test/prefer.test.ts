// Complaint 3: a variable in the environment acts, and is billed, as another account in runs that nobody watches.

import { defineBrand, preferStored, profilesJson } from '@keywright/client'
import { describe, expect, test } from 'vitest'
import type { CommandLine } from '../src/tree/command-line.ts'
import { Home } from './world/play.ts'
import { newSecret, startProduct } from './world/product.ts'

const STORED = newSecret('ac_sk')
const AMBIENT = newSecret('ac_sk')
const FILE = '.config/acme/config.json'

const ACME: CommandLine = {
  brand: defineBrand({
    id: 'acme',
    client: 'Acme',
    env: 'ACME',
    settings: {
      api_key: { type: 'credential' },
      server_url: { type: 'server', default: 'https://acme.example' },
      prefer_stored: { type: 'boolean' },
    },
    preferStored: preferStored('prefer_stored'),
    kinds: { key: 'ac_sk_' },
    files: profilesJson({ directory: { xdg: 'acme' } }),
  }),
  name: 'acme',
  version: '1.0.0',
  login: { way: 'prompt' },
  everywhere: ['credential', 'profile'],
}

const NOTE = `ACME_API_KEY counts, and not the stored login in ~/${FILE}:5 (default). To choose, run: acme config set prefer_stored true (or false).\n`

async function loggedIn() {
  const home = new Home()
  const { url } = await startProduct([STORED, AMBIENT])
  const env = { ACME_SERVER_URL: url, ACME_API_KEY: AMBIENT }
  const login = { args: ['login', '--with-token'], env: { ACME_SERVER_URL: url }, piped: STORED }
  expect((await home.play(ACME, login)).exit).toBe(0)
  const run = (args: string, change: object = {}) =>
    home.play(ACME, { args: args.split(' '), env: { ...env, ...change } })
  return { home, run, url }
}

describe('complaint 3: a variable that hides another stored login', () => {
  test('is told once by a command that uses it, on stderr, and not under --quiet', async () => {
    const { run, url } = await loggedIn()
    const said = await run('whoami')
    expect(said).toMatchObject({ exit: 0, stderr: NOTE })
    expect(await run('token')).toEqual({ exit: 0, stdout: `${AMBIENT}\n`, stderr: NOTE })
    expect(await run('whoami --quiet')).toMatchObject({ exit: 0, stderr: '' })
    const json = await run('whoami --json')
    expect(JSON.parse(json.stdout)).toMatchObject({ server: url, source: 'ACME_API_KEY' })
    expect((await run('status')).stderr.match(/To choose/g)).toHaveLength(1)
  })

  test('is not told where nothing is hidden, where both are the same, or where a flag decides', async () => {
    const { run } = await loggedIn()
    expect((await run('whoami', { ACME_API_KEY: '' })).stderr).toBe('')
    expect((await run('whoami', { ACME_API_KEY: STORED })).stderr).toBe('')
    expect((await run(`whoami --api-key ${AMBIENT}`)).stderr).toBe('')
    const alone = new Home()
    const env = { ACME_API_KEY: AMBIENT }
    expect((await alone.play(ACME, { args: ['token'], env })).stderr).toBe('')
  })

  test('no longer counts when the person says so, and every command knows', async () => {
    const { run } = await loggedIn()
    expect((await run('config set prefer_stored true')).exit).toBe(0)
    expect(await run('token')).toEqual({ exit: 0, stdout: `${STORED}\n`, stderr: '' })
    const why = JSON.parse((await run('why api_key --json')).stdout) as {
      settings: { winner: { source: string }; shadowed: { source: string }[] }[]
    }
    expect(why.settings[0]?.winner.source).toContain(FILE)
    expect(why.settings[0]?.shadowed.map(({ source }) => source)).toEqual(['ACME_API_KEY'])
    expect((await run('status --offline')).stdout).toMatch(/^api_key .*hides ACME_API_KEY$/m)
    expect((await run('why prefer_stored')).stdout).toContain(`true  from ~/${FILE}:`)
    expect((await run('doctor --json')).stdout).toBe('[]\n')
  })

  test('counts without a word when the person says that', async () => {
    const { run } = await loggedIn()
    await run('config set prefer_stored false')
    expect(await run('token')).toEqual({ exit: 0, stdout: `${AMBIENT}\n`, stderr: '' })
    expect((await run('doctor --json')).stdout).toBe('[]\n')
  })

  test('is chosen for one shell by a variable, before what the file says', async () => {
    const { run } = await loggedIn()
    const chosen = await run('token', { ACME_PREFER_STORED: 'true' })
    expect(chosen).toEqual({ exit: 0, stdout: `${STORED}\n`, stderr: '' })
    await run('config set prefer_stored true')
    const other = await run('token', { ACME_PREFER_STORED: '0' })
    expect(other.stdout).toBe(`${AMBIENT}\n`)
  })

  test('a login that goes first does not say that it is hidden', async () => {
    const { run, home, url } = await loggedIn()
    await run('config set prefer_stored true')
    const env = { ACME_SERVER_URL: url, ACME_API_KEY: AMBIENT }
    const again = await home.play(ACME, { args: ['login', '--with-token'], env, piped: STORED })
    expect(again.stderr).not.toContain('counts before')
  })
})
