// The command line against the API: the transcript of the documentation to the character, and what else it says of
// `auth login` and `auth status`, with and without each variable.

import { describe, expect, test } from 'vitest'
import { rememberSecret } from '../../tools/canary/registry.ts'
import type { AtHome } from './testing/at-home.ts'
import { API, atHome, CONFIG, CREDENTIALS } from './testing/at-home.ts'

/** The transcript of the documentation; what is typed is shown by a terminal alone. */
function transcript({ acme }: AtHome): string {
  return [
    'Credential (API key or JWT, input hidden): ',
    'Organizations you belong to:',
    '1. acme — Acme Research',
    `Default organization (number or slug; Enter to keep current): Logged in as Jane Doe (${API}).`,
    'Wrote ~/.methodic/credentials.yaml (chmod 600).',
    `Default organization: ${acme.slice(4, 8)}… (recorded in ~/.methodic/config.yaml).`,
    '',
  ].join('\n')
}

describe('M7: methodic auth login', () => {
  test.each([['1'], ['acme']])(
    'is the transcript of the documentation; answered %s',
    async (typed) => {
      const jane = await atHome()
      const { run, key, home, asked, acme } = jane
      const played = await run('auth login', { typed: `${key}\r${typed}\n` })
      expect(played).toEqual({ exit: 0, stdout: '', stderr: transcript(jane) })
      expect(home.read(CREDENTIALS)).toBe(`api_key: ${key}\n`)
      expect(home.read(CONFIG)).toBe(`organization_id: ${acme}\n`)
      expect(asked).toEqual([`GET ${API}/v1/me/scopes`])
    },
  )

  test('M15: keeps the secret in a file of its own that nobody else reads', async () => {
    const { run, key, home } = await atHome()
    await home.put({ [CREDENTIALS]: { text: 'api_key: old\n', mode: 0o644 } })
    await run('auth login', { typed: `${key}\r1\n` })
    expect(home.files()).toEqual([`600 ${CONFIG}`, `600 ${CREDENTIALS}`])
    expect(home.modeOf('.methodic')).toBe('700')
    expect(home.read(CONFIG)).not.toContain(key)
  })

  test('takes a JWT, with which an agent begins', async () => {
    const jane = await atHome()
    const token = await jane.jwt('jane')
    const played = await jane.run('auth login', { typed: `${token}\r1\n` })
    expect(played).toEqual({ exit: 0, stdout: '', stderr: transcript(jane) })
    const made = await jane.program().apiKeys.create({ description: 'mine', scopes: ['runs:*'] })
    rememberSecret(made.key.reveal())
    expect(made.kind).toBe('user')
  })

  test('again replaces the key, and Enter and hand-added settings stay as they are', async () => {
    const { run, key, home, jwt } = await atHome()
    await run('auth login', { typed: `${await jwt('jane')}\r1\n` })
    const settings = `# mine\ntimeout: 60 # slow net\n${home.read(CONFIG)}team: vision\n`
    await home.put({ [CONFIG]: settings })
    const { exit, stderr } = await run('auth login', { typed: `${key}\n\n` })
    expect(exit).toBe(0)
    expect(stderr).not.toContain('config.yaml')
    expect(home.read(CREDENTIALS)).toBe(`api_key: ${key}\n`)
    expect(home.read(CONFIG)).toBe(settings)
  })

  test('--organization takes a slug or an id, asks nothing, and merges it into the settings', async () => {
    const { run, key, home, acme } = await atHome()
    for (const organization of ['acme', acme]) {
      await home.put({ [CONFIG]: '# mine\norganization_slug: other\ntimeout: 60\n' })
      const command = `auth login --organization ${organization}`
      const { exit, stderr } = await run(command, { typed: `${key}\r` })
      expect(exit).toBe(0)
      expect(stderr).not.toContain('Organizations you belong to')
      expect(home.read(CONFIG)).toBe(`# mine\ntimeout: 60\norganization_id: ${acme}\n`)
    }
  })

  test('--personal takes the default organization away', async () => {
    const { run, key, home, acme } = await atHome()
    await home.put({ [CONFIG]: `organization_id: ${acme}\ntimeout: 60\n` })
    const { stderr } = await run('auth login --personal', { typed: `${key}\r` })
    expect(stderr).toContain('No default organization (recorded in ~/.methodic/config.yaml).')
    expect(home.read(CONFIG)).toBe('timeout: 60\n')
  })

  test('--server-url is asked, and kept for programs and the next login', async () => {
    const { run, key, home, url } = await atHome()
    const command = `auth login --personal --server-url ${url}`
    const { stderr } = await run(command, { typed: `${key}\r` })
    expect(stderr).toContain(`Logged in as Jane Doe (${url}).`)
    expect(home.read(CONFIG)).toBe(`server_url: ${url}\n`)
    const again = await run('auth login --personal', { typed: `${key}\r` })
    expect(again.stderr).toContain(`Logged in as Jane Doe (${url}).`)
  })

  test('--no-verify asks nothing of anybody', async () => {
    const { run, key, home, asked } = await atHome()
    const { exit, stderr } = await run('auth login --no-verify', { typed: `${key}\r` })
    expect({ exit, asked }).toEqual({ exit: 0, asked: [] })
    expect(stderr).toContain(`Stored without asking ${API}.`)
    expect(home.read(CREDENTIALS)).toBe(`api_key: ${key}\n`)
  })

  test('stores no key that the API refuses, and leaves the old one', async () => {
    const { run, key, home, call } = await atHome()
    const made = await call('POST /api-keys', { body: { description: 'gone' } })
    await call(`DELETE /api-keys/${made.id}`)
    await home.put({ [CREDENTIALS]: `api_key: ${key}\n` })
    const { exit, stderr } = await run('auth login', { typed: `${String(made.body['key'])}\r` })
    expect(exit).toBe(4)
    expect(stderr).toContain('key_revoked')
    expect(stderr).toContain('Nothing was stored.')
    expect(home.read(CREDENTIALS)).toBe(`api_key: ${key}\n`)
  })

  test('an organization that one is not in is refused with those that one is in', async () => {
    const { run, key, home } = await atHome()
    const { exit, stderr } = await run('auth login --organization blue', { typed: `${key}\r` })
    expect(exit).toBe(6)
    expect(stderr).toContain('You belong to acme.')
    expect(home.files()).toEqual([])
  })

  test('asks nothing of who is in no organization', async () => {
    const { run, addPerson, home } = await atHome()
    const { key } = await addPerson('sam')
    expect(await run('auth login', { typed: `${key}\r` })).toEqual({
      exit: 0,
      stdout: '',
      stderr: [
        'Credential (API key or JWT, input hidden): ',
        `Logged in as sam (${API}).`,
        'Wrote ~/.methodic/credentials.yaml (chmod 600).',
        '',
      ].join('\n'),
    })
    expect(home.files()).toEqual([`600 ${CREDENTIALS}`])
  })

  test('without a terminal waits for nothing and names what works', async () => {
    const { run, key } = await atHome()
    expect(await run('auth login', { piped: `${key}\n` })).toEqual({
      exit: 4,
      stdout: '',
      stderr:
        'methodic: Nobody can be asked here: this is not a terminal.\n' +
        'Run `methodic auth login` in a terminal, or set CHRONICLE_API_KEY.\n',
    })
  })

  test('CHRONICLE_API_KEY does not keep it from storing, and is named because it wins', async () => {
    const { run, key, home, jwt } = await atHome()
    const env = { CHRONICLE_API_KEY: await jwt('jane') }
    const { exit, stderr } = await run('auth login', { typed: `${key}\r1\n`, env })
    expect(exit).toBe(0)
    expect(stderr).toContain('CHRONICLE_API_KEY is set and counts before this login')
    expect(home.read(CREDENTIALS)).toBe(`api_key: ${key}\n`)
  })
})

describe('M7: a login is what programs on the machine have', () => {
  test('its key, its server and its default organization', async () => {
    const { run, key, program, acme, url } = await atHome()
    const command = `auth login --server-url ${url} --organization acme`
    await run(command, { typed: `${key}\r` })
    const made = await program().experiments.create('Sweep')
    expect(made.organization_id).toBe(acme)
  })
})

test('there are the two commands of the documentation and no others', async () => {
  const { run } = await atHome()
  const { stdout } = await run('auth --help')
  expect([...stdout.matchAll(/^ {2}(\w+)( \[\w+\])? {2,}/gm)].map(([, name]) => name)).toEqual([
    'login',
    'status',
    'help',
  ])
  for (const command of ['auth logout', 'token', 'auth login --token x']) {
    expect.soft((await run(command)).exit, command).toBe(2)
  }
})
