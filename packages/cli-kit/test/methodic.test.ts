// The transcript of the documentation of Methodic, to the character, and what else its two commands promise.

import { describe, expect, test } from 'vitest'
import { METHODIC } from './world/lines.ts'
import { Home } from './world/play.ts'
import { newSecret, startProduct } from './world/product.ts'

const KEY = newSecret('sk_user')

async function atHome() {
  return { home: new Home(), product: await startProduct([KEY]) }
}

describe('auth login', () => {
  test('is the transcript of the documentation, and leaves the two files', async () => {
    const { home, product } = await atHome()
    const played = await home.play(METHODIC, {
      args: ['auth', 'login'],
      env: { CHRONICLE_SERVER_URL: product.url },
      typed: `${KEY}\r1\n`,
    })
    expect(played).toEqual({
      exit: 0,
      stdout: '',
      stderr: [
        'Credential (API key or JWT, input hidden): ',
        'Organizations you belong to:',
        '1. acme — Acme Research',
        '2. blue — Blue Lab',
        'Default organization (number or slug; Enter to keep current): ' +
          `Logged in as Jane Doe (${product.url}).`,
        'Wrote ~/.methodic/credentials.yaml (chmod 600).',
        'Default organization: 2f1c… (recorded in ~/.methodic/config.yaml).',
        '',
      ].join('\n'),
    })
    expect(home.files()).toEqual(['600 .methodic/config.yaml', '600 .methodic/credentials.yaml'])
    expect(home.read('.methodic/credentials.yaml')).toBe(`api_key: ${KEY}\n`)
    expect(home.read('.methodic/config.yaml')).toBe('organization_id: 2f1c9a70-acme\n')
    expect(home.modeOf('.methodic')).toBe('700')
  })

  test('Enter keeps the default organization, and a login again replaces the key alone', async () => {
    const { home, product } = await atHome()
    await home.put({
      '.methodic/config.yaml':
        '# mine\ntimeout: 60 # slow net\norganization_slug: blue\nextra: 1\n',
      '.methodic/credentials.yaml': { text: 'api_key: old\n', mode: 0o644 },
    })
    const before = home.read('.methodic/config.yaml')
    const env = { CHRONICLE_SERVER_URL: product.url }
    const { exit } = await home.play(METHODIC, {
      args: ['auth', 'login'],
      env,
      typed: `${KEY}\n\n`,
    })
    expect(exit).toBe(0)
    expect(home.read('.methodic/config.yaml')).toBe(before)
    expect(home.read('.methodic/credentials.yaml')).toBe(`api_key: ${KEY}\n`)
    expect(home.modeOf('.methodic/credentials.yaml')).toBe('600')
  })

  test('hand-added settings and comments survive a new organization and a new server', async () => {
    const { home, product } = await atHome()
    await home.put({
      '.methodic/config.yaml':
        '# mine\ntimeout: 60 # slow net\norganization_slug: blue\nextra: 1\n',
    })
    const args = ['auth', 'login', '--server-url', product.url, '--organization', 'acme']
    expect((await home.play(METHODIC, { args, typed: `${KEY}\r` })).exit).toBe(0)
    expect(home.read('.methodic/config.yaml')).toBe(
      `# mine\ntimeout: 60 # slow net\nextra: 1\nserver_url: ${product.url}\norganization_id: 2f1c9a70-acme\n`,
    )
  })

  test('an id is shortened without what all ids of its noun begin with', async () => {
    const { home, product } = await atHome()
    const args = ['auth', 'login', '--server-url', product.url, '--organization', 'blue']
    const { stderr } = await home.play(METHODIC, { args, typed: `${KEY}\r` })
    expect(stderr).toContain('Default organization: 77aa… (recorded in ~/.methodic/config.yaml).')
    expect(home.read('.methodic/config.yaml')).toContain('organization_id: org_77aa0b1e\n')
  })

  test('--personal takes the default organization away', async () => {
    const { home, product } = await atHome()
    await home.put({ '.methodic/config.yaml': 'organization_id: x\ntimeout: 5\n' })
    const env = { CHRONICLE_SERVER_URL: product.url }
    const args = ['auth', 'login', '--personal']
    expect((await home.play(METHODIC, { args, env, typed: `${KEY}\r` })).exit).toBe(0)
    expect(home.read('.methodic/config.yaml')).toBe('timeout: 5\n')
  })

  test('--no-verify asks no server', async () => {
    const { home, product } = await atHome()
    const env = { CHRONICLE_SERVER_URL: product.url }
    const args = ['auth', 'login', '--no-verify']
    expect((await home.play(METHODIC, { args, env, typed: `${KEY}\r` })).exit).toBe(0)
    expect(product.asked).toEqual([])
    expect(home.read('.methodic/credentials.yaml')).toBe(`api_key: ${KEY}\n`)
  })

  test('a key that the server does not know is not stored', async () => {
    const { home, product } = await atHome()
    const env = { CHRONICLE_SERVER_URL: product.url }
    const typed = `${newSecret('sk_user')}\r`
    const { exit, stderr } = await home.play(METHODIC, { args: ['auth', 'login'], env, typed })
    expect(exit).toBe(4)
    expect(stderr).toContain('No such key. (401 invalid_key, request req_1)')
    expect(home.files()).toEqual([])
  })

  test('an organization that one does not belong to ends the login before anything is written', async () => {
    const { home, product } = await atHome()
    const env = { CHRONICLE_SERVER_URL: product.url }
    const args = ['auth', 'login', '--organization', 'umbrella']
    const { exit, stderr } = await home.play(METHODIC, { args, env, typed: `${KEY}\r` })
    expect(exit).toBe(6)
    expect(stderr).toContain('You belong to acme, blue.')
    expect(home.files()).toEqual([])
  })

  test('CHRONICLE_CONFIG names the one file that a login writes too', async () => {
    const { home, product } = await atHome()
    await home.put({ 'one.yaml': `server_url: ${product.url}\n` })
    const env = { CHRONICLE_CONFIG: `${home.path}/one.yaml` }
    const { exit } = await home.play(METHODIC, {
      args: ['auth', 'login'],
      env,
      typed: `${KEY}\racme\n`,
    })
    expect(exit).toBe(0)
    expect(home.read('one.yaml')).toBe(
      `server_url: ${product.url}\norganization_id: 2f1c9a70-acme\napi_key: ${KEY}\n`,
    )
    expect(home.files()).toEqual(['600 one.yaml'])
  })

  test.each([
    [
      'of another product',
      'sk-ant-api03-aaaaaaaaaaaaaaaaaaaaaaaa',
      'a key of Anthropic (sk-ant-…)',
    ],
    ['of a shape nobody knows', 'hunter2hunter2', 'This is no credential of Chronicle'],
    ['empty', '', 'The credential is empty'],
    ['with white space inside', 'sk_user_a b', 'white space'],
  ])('a credential %s is named as such before any request', async (_, typed, told) => {
    const { home, product } = await atHome()
    const env = { CHRONICLE_SERVER_URL: product.url }
    const args = ['auth', 'login']
    const { exit, stderr } = await home.play(METHODIC, { args, env, typed: `${typed}\r` })
    expect({ exit, asked: product.asked, files: home.files() }).toEqual({
      exit: 2,
      asked: [],
      files: [],
    })
    expect(stderr).toContain(told)
  })
})

describe('auth status', () => {
  test('shows what the SDK would resolve, with the key masked and its place', async () => {
    const { home, product } = await atHome()
    await home.put({
      '.methodic/credentials.yaml': `api_key: ${KEY}\n`,
      '.methodic/config.yaml': `timeout: 12\nserver_url: ${product.url}\n`,
    })
    const { exit, stdout } = await home.play(METHODIC, { args: ['auth', 'status'] })
    expect(exit).toBe(0)
    expect(stdout).toContain(`${KEY.slice(0, 12)}…`)
    expect(stdout).not.toContain(KEY)
    expect(stdout).toMatch(/^timeout +12 +~\/\.methodic\/config\.yaml:1$/m)
  })

  test('says once what is wrong with the settings', async () => {
    const env = { CHRONICLE_ORGANIZATION_ID: 'o', CHRONICLE_ORGANIZATION_SLUG: 's' }
    const args = ['auth', 'status']
    const login = { CHRONICLE_API_KEY: KEY, CHRONICLE_TIMEOUT: 'soon' }
    const within = await new Home().play(METHODIC, { args, env: { ...env, ...login } })
    expect(within.exit).toBe(2)
    expect(within.stderr.match(/name the same thing/g)).toHaveLength(1)
    expect(within.stderr.match(/CHRONICLE_TIMEOUT/g)).toHaveLength(1)
    const without = await new Home().play(METHODIC, { args, env })
    expect(without.exit).toBe(4)
    expect(without.stderr.match(/name the same thing/g)).toHaveLength(1)
  })

  test('without a login ends with 4 and the command that changes it', async () => {
    const { exit, stderr } = await new Home().play(METHODIC, { args: ['auth', 'status'] })
    expect(exit).toBe(4)
    expect(stderr).toBe(
      'methodic: You are not logged in.\nRun `methodic auth login`, or set CHRONICLE_API_KEY.\n',
    )
  })
})

test('there is nothing but the two commands and their flags', async () => {
  const { stdout } = await new Home().play(METHODIC, { args: ['auth', '--help'] })
  expect(
    stdout.match(/^ {2}(login|status|[a-z]+) .*$/gm)?.map((text) => text.trim().split(' ')[0]),
  ).toEqual(['login', 'status', 'help'])
  const refused = await new Home().play(METHODIC, { args: ['auth', 'login', '--with-token'] })
  expect(refused.exit).toBe(2)
  expect((await new Home().play(METHODIC, { args: ['token'] })).exit).toBe(2)
})
