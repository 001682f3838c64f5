// The command `keywright` against a real server: log in, make keys, look at them, change them, end them.

import { randomBytes } from 'node:crypto'
import { Home } from '@keywright/cli-kit/testing'
import { describe, expect, test } from 'vitest'
import { rememberSecret } from '../../../../tools/canary/registry.ts'
import { keywright } from '../../src/commands/command-line.ts'
import { openTerminal } from './open-terminal.ts'

const FILE = '.config/keywright/config.json'

async function loggedIn() {
  const opened = await openTerminal()
  await opened.run('login', { typed: `${opened.adminKey}\r` })
  return opened
}

/** The id of the newest key that is called so. */
async function idOf({ get }: Awaited<ReturnType<typeof loggedIn>>, name: string): Promise<string> {
  const keys = JSON.parse(await get('keys ls --json')) as { id: string; name: string | null }[]
  return keys.find((key) => key.name === name)?.id ?? ''
}

test('login asks unseen, checks the key and stores it; status, whoami and logout know of it', async () => {
  const { run, adminKey, home } = await openTerminal()
  const plain = { NO_COLOR: '1' }
  expect(await run('login', { env: plain, typed: `${adminKey}\r` })).toEqual({
    exit: 0,
    stdout: '',
    stderr:
      'Nobody signs in at URL: it takes a key.\n' +
      'API key (input hidden): \nLogged in as organizations/default, live mode (URL).\n' +
      `Wrote ~/${FILE} (chmod 600).\n` +
      'warning: the credential is plain text, which its owner alone can read, because there is no keychain ' +
      'to ask: secret-tool is not installed. Say --store file where that is meant.\n',
  })
  expect(home.files()).toEqual([`600 ${FILE}`])
  expect((await run('whoami')).stdout).toBe('URL  organizations/default, live mode\n')
  const status = await run('status')
  expect(status.stderr).toContain('URL accepts it: organizations/default, live mode.')
  expect(status.stdout).toContain(`${adminKey.slice(0, 'kw_sk_live_'.length + 4)}…`)
  expect(status.stdout).not.toContain(adminKey)
  expect((await run('logout')).exit).toBe(0)
  expect(await run('keys ls')).toEqual({
    exit: 4,
    stdout: '',
    stderr: 'keywright: You are not logged in.\nRun `keywright login`, or set KEYWRIGHT_API_KEY.\n',
  })
})

test('login --store encrypted-file seals the key, and every command and program finds it', async () => {
  const { run, adminKey, home } = await openTerminal()
  const storeKey = randomBytes(32).toString('base64')
  rememberSecret(storeKey)
  const env = { KEYWRIGHT_STORE_KEY: storeKey }
  const given = { env, typed: `${adminKey}\r` }
  expect((await run('login --store encrypted-file', given)).stderr).toContain(
    'The credential is sealed, its key is in KEYWRIGHT_STORE_KEY.',
  )
  expect(home.read(FILE)).toContain('"api_key": "sealed.v1.encrypted-file.')
  expect((await run('keys ls', { env })).exit).toBe(0)
  const shut = await run('keys ls --json')
  expect(shut.exit).toBe(1)
  expect(JSON.parse(shut.stderr)).toMatchObject({ error: { code: 'store_key_missing' } })
})

test('a variable that hides another stored key is told until the person chooses which one counts', async () => {
  const { run, get } = await loggedIn()
  const ambient = await get(
    'keys create agent --resource organizations/default/agents/a1 --mode live',
  )
  const env = { KEYWRIGHT_API_KEY: ambient }
  const said = await run('whoami', { env })
  expect(said.stdout).toContain('URL  organizations/default/agents/a1')
  expect(said.stderr).toContain(
    'To choose, run: keywright config set prefer_stored true (or false).',
  )
  expect((await run('config set prefer_stored true', { env })).exit).toBe(0)
  expect(await run('whoami', { env })).toEqual({
    exit: 0,
    stdout: 'URL  organizations/default, live mode\n',
    stderr: '',
  })
})

test('a key is made, listed, shown, rotated and revoked', async () => {
  const opened = await loggedIn()
  const { run, get } = opened
  const made = await run(
    'keys create agent --resource organizations/default/agents/a1 --name scraper --scope runs:read --mode live --expires 90d',
  )
  const secret = made.stdout.trim()
  expect(secret).toMatch(/^kw_ak_live_[0-9A-Za-z]{36}$/)
  const id = await idOf(opened, 'scraper')
  expect(made.stderr).toBe(`Made ${id}. Its secret is shown once.\n`)

  const resource = 'organizations/default/agents/a1'
  expect(await get('keys ls --kind agent')).toMatch(
    new RegExp(
      `^ID +KIND +KEY +RESOURCE +STANDING +NAME\\n${id}  agent  ${secret.slice(0, 15)}\\S*…  ${resource}  live until \\S+  scraper$`,
    ),
  )
  const shown = await get(`keys show ${id}`)
  expect(shown).toMatch(/^scopes +runs:read$/m)
  expect(shown).not.toContain(secret)

  const fresh = await get(`keys rotate ${id} --overlap 1h`)
  expect(fresh).toMatch(/^kw_ak_live_/)
  for (const each of [secret, fresh]) {
    expect((await run(`whoami --api-key ${each}`)).exit).toBe(0)
  }

  const revoked = await run(`keys revoke ${id}`)
  expect(revoked.stdout).toBe('')
  expect(revoked.stderr).toMatch(
    new RegExp(`^Revoked ${id}, and what was made with it\\. It was (last|never) used`),
  )
  expect((await run(`whoami --api-key ${fresh}`)).exit).toBe(4)
  expect(await get('keys ls --standing live --kind agent')).toBe('')
})

test.each(['keys show', 'keys rotate', 'keys revoke', 'keys tree', 'events --key', 'explain'])(
  '%s takes a secret for no id, so that none stands in a URL',
  async (command) => {
    const { run, adminKey } = await loggedIn()
    const { exit, stdout, stderr } = await run(`${command} ${adminKey}`)
    expect({ exit, stdout }).toEqual({ exit: 2, stdout: '' })
    expect(stderr).toContain('This is no id of a key.')
    expect(stderr).not.toContain(adminKey)
  },
)

test('revoke asks before it ends the key that the command runs with', async () => {
  const opened = await loggedIn()
  const { run } = opened
  const id = await idOf(opened, 'admin')
  expect((await run(`keys revoke ${id}`)).exit).toBe(4)
  const refused = await run(`keys revoke ${id}`, { typed: 'n\n' })
  expect(refused.stderr).toContain(`${id} was left as it is.`)
  expect((await run('whoami')).exit).toBe(0)
  const ended = await run(`keys revoke ${id} --yes`)
  expect(ended.exit).toBe(0)
  expect(ended.stderr).toContain('it was the key that you are using')
  expect((await run('whoami')).exit).toBe(4)
})

test('tree shows which key made which, and one revocation ends the branch', async () => {
  const opened = await loggedIn()
  const { run, get } = opened
  const resource = 'organizations/default/agents/a1'
  const agent = await get(`keys create agent --resource ${resource} --name agent --mode live`)
  const worker = `keys create worker --resource ${resource}/runs/r1 --name worker --mode live`
  const secret = await get(`${worker} --api-key ${agent}`)
  const agentId = await idOf(opened, 'agent')
  const workerId = await idOf(opened, 'worker')
  const tree = await get('keys tree')
  expect(tree.split('\n').map((line) => line.match(/^[ └─]*key_\w+|\S+$/g))).toEqual([
    [expect.stringMatching(/^key_/), 'admin'],
    [`└─ ${agentId}`, 'agent'],
    [`   └─ ${workerId}`, 'worker'],
  ])
  expect(JSON.parse(await get(`keys tree ${agentId} --json`))).toMatchObject([
    { id: agentId, children: [{ id: workerId, children: [] }] },
  ])
  expect((await run('keys tree key_none')).exit).toBe(6)

  await get(`keys revoke ${agentId}`)
  expect((await run(`whoami --api-key ${secret}`)).exit).toBe(4)
  // What ended with another is listed so, and nowhere as live.
  expect(await get('keys ls --standing live --kind worker')).toBe('')
  expect(await get('keys ls --standing revoked --kind worker')).toContain(`revoked with ${agentId}`)
  expect(await get('keys tree')).toMatch(
    new RegExp(`^ *└─ ${workerId} .* revoked with ${agentId} `, 'm'),
  )
  expect(await get(`keys show ${workerId}`)).toMatch(new RegExp(`^because of +${agentId}$`, 'm'))
})

test('rotating the key that one is logged in with says so', async () => {
  const opened = await loggedIn()
  const { run, get } = opened
  const id = await idOf(opened, 'admin')
  const { exit, stderr } = await run(`keys rotate ${id} --json --api-key ${opened.adminKey}`)
  expect(exit).toBe(0)
  expect(stderr).toContain('warning: it is the key that this command used')
  await expect(get('keys ls')).rejects.toThrow('ended with 4')
})

test('a key for another machine is a one-time code here and a login there', async () => {
  const opened = await loggedIn()
  const { run, get, url } = opened
  const resource = 'organizations/default/agents/a1'
  const create = `keys create agent --resource ${resource} --name gpubox --mode live`
  const sent = await run(`${create} --expires 12h --send`)
  const code = sent.stdout.trim()
  rememberSecret(code)
  expect(sent.stderr).toMatch(
    /^On the other machine run `keywright login --pickup --server-url URL` and type this code\. It works once, until \S+\.\n$/,
  )
  expect(await get('keys ls --kind agent')).toBe('')

  const elsewhere = new Home()
  const there = (args: readonly string[], typed = '') =>
    elsewhere.play(keywright, { args, typed, env: { KEYWRIGHT_SERVER_URL: url } })
  const login = await there(['login', '--pickup', '--server-url', url], `${code}\r`)
  expect(login).toMatchObject({ exit: 0, stdout: '' })
  expect(login.stderr).toContain(`Logged in as ${resource}`)
  expect((await there(['whoami'])).stdout).toContain(resource)
  expect(elsewhere.files()).toEqual([`600 ${FILE}`])
  const [, secret = ''] = /"api_key": "([^"]+)"/.exec(elsewhere.read(FILE)) ?? []
  rememberSecret(secret)
  expect(await get(`keys show ${await idOf(opened, 'gpubox')}`)).toMatch(/^name +gpubox$/m)
  expect((await there(['login', '--pickup', code])).exit).toBe(4)

  const told = JSON.parse(await get(`${create} --send --json`)) as Record<string, unknown>
  rememberSecret(String(told['code']))
  expect(told).toMatchObject({ kind: 'agent', resource, mode: 'live' })
  expect(told['command']).toContain('keywright login --pickup')
})

describe('what a server knows', () => {
  test('events tell what happened, oldest first', async () => {
    const opened = await loggedIn()
    const { get } = opened
    await get(
      'keys create agent --resource organizations/default/agents/a1 --name scraper --mode live',
    )
    const id = await idOf(opened, 'scraper')
    await get(`keys revoke ${id}`)
    const lines = (await get(`events --key ${id}`)).split('\n')
    expect(lines.map((line) => line.split(/ {2,}/)[2])).toEqual(['key.minted', 'key.revoked'])
    const [first, ...others] = JSON.parse(await get('events --limit 1 --json')) as object[]
    expect(first).toMatchObject({ type: 'key.minted' })
    expect(others).toEqual([])
    expect((await opened.run('events --limit none')).exit).toBe(2)
  })

  test('explain says term by term why a key is refused, and what would mend it', async () => {
    const opened = await loggedIn()
    const { get } = opened
    const create = 'keys create agent --resource organizations/default/agents/a1 --mode live'
    const secret = await get(`${create} --scope runs:read --name reader`)
    const id = await idOf(opened, 'reader')
    const told = await get(`explain ${id} --scope runs:write`)
    expect(told).toMatch(/^refused: insufficient_scope$/m)
    expect(told).toMatch(/^scope +FAILS +\S+/m)
    expect(told).toMatch(/^fix: /m)
    expect(await get(`explain --scope runs:read --api-key ${secret}`)).toMatch(/^allowed$/m)
    const json = await get(`explain ${id} --scope runs:write --json`)
    expect(JSON.parse(json)).toMatchObject({ key_id: id, allowed: false })
  })
})

test('a refusal of the server is told with its exit code, and a key without a resource at once', async () => {
  const { run } = await loggedIn()
  const unbound = await run('keys create agent')
  expect(unbound.exit).toBe(2)
  expect(unbound.stderr).toContain('--resource')
  const standing = await run('keys ls --standing dead')
  expect(standing.exit).toBe(2)
  expect(standing.stderr).toContain(
    'Write one of live, revoked, expired, disabled, ended, roleless.',
  )
  const unknown = await run('keys show key_none --json')
  expect({ exit: unknown.exit, stdout: unknown.stdout }).toEqual({ exit: 6, stdout: '' })
  expect(JSON.parse(unknown.stderr)).toMatchObject({ error: { code: 'not_found' } })
})
