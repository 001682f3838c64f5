// One login a host, tokens by name and by the beginning of their ids, and keys of providers.

import { symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { AUTOLAB } from './world/lines.ts'
import { Home } from './world/play.ts'
import { newSecret, startProduct } from './world/product.ts'

const TOKEN = newSecret('al')
const FILE = '.config/autolab/credentials.json'

async function loggedIn() {
  const home = new Home()
  const product = await startProduct([TOKEN])
  const env = { AUTOLAB_HOST: product.url }
  const { exit } = await home.play(AUTOLAB, {
    args: ['login', '--with-token'],
    env,
    piped: `${TOKEN}\n`,
  })
  expect(exit).toBe(0)
  return { home, product, env }
}

describe('complaint 13: a secret in the arguments', () => {
  test('login --token stores it and says who can see it', async () => {
    const { url } = await startProduct([TOKEN])
    const home = new Home()
    const args = ['login', '--token', TOKEN, '--server-url', url]
    const { exit, stderr } = await home.play(AUTOLAB, { args })
    expect(exit).toBe(0)
    expect(stderr).toContain('can be seen by other users of this machine')
    expect(stderr).not.toContain(TOKEN)
    expect(JSON.parse(home.read(FILE))).toEqual({ active: url, hosts: { [url]: { token: TOKEN } } })
    expect(home.files()).toEqual([`600 ${FILE}`])
  })

  test('login --token - reads standard input instead', async () => {
    const { url } = await startProduct([TOKEN])
    const args = ['login', '--token', '-', '--server-url', url]
    const { exit, stderr } = await new Home().play(AUTOLAB, {
      args,
      piped: `\uFEFFBearer ${TOKEN}\r\n`,
    })
    expect({ exit, warned: stderr.includes('warning') }).toEqual({ exit: 0, warned: false })
  })

  test('login --token-file reads a file', async () => {
    const { url } = await startProduct([TOKEN])
    const home = new Home()
    await home.put({ 'token.txt': `${TOKEN}\n` })
    const args = ['login', '--token-file', `${home.path}/token.txt`, '--server-url', url]
    expect((await home.play(AUTOLAB, { args })).exit).toBe(0)
  })
})

test('logins to several hosts coexist, and each request uses that of its host', async () => {
  const { home, product } = await loggedIn()
  const other = newSecret('al')
  const second = await startProduct([other])
  const args = ['login', '--with-token', '--server-url', second.url]
  await home.play(AUTOLAB, { args, piped: other })
  const asked = async (host: string): Promise<string> =>
    (await home.play(AUTOLAB, { args: ['token'], env: { AUTOLAB_HOST: host } })).stdout
  expect(await asked(product.url)).toBe(`${TOKEN}\n`)
  expect(await asked(second.url)).toBe(`${other}\n`)
  const listed = await home.play(AUTOLAB, { args: ['hosts', '--json'] })
  expect(JSON.parse(listed.stdout)).toMatchObject([
    { name: product.url, is_active: false },
    { name: second.url, is_active: true },
  ])
})

test('whoami shows the host and who is signed in there', async () => {
  const { home, env, product } = await loggedIn()
  const { stdout } = await home.play(AUTOLAB, { args: ['whoami'], env })
  expect(stdout).toBe(`${product.url}  Jane Doe <jane@acme.example>\n`)
})

test('AUTOLAB_TOKEN is used ahead of any stored login', async () => {
  const { home, env } = await loggedIn()
  const ahead = newSecret('al')
  const { stdout } = await home.play(AUTOLAB, {
    args: ['token'],
    env: { ...env, AUTOLAB_TOKEN: ahead },
  })
  expect(stdout).toBe(`${ahead}\n`)
})

describe('token', () => {
  test('create prints the token alone, so that TOK=$(…) is the token', async () => {
    const { home, env } = await loggedIn()
    const { stdout, stderr } = await home.play(AUTOLAB, {
      args: ['token', 'create', '--name', 'gpu-box'],
      env,
    })
    expect(stdout).toMatch(/^al_[0-9A-Za-z]{36}\n$/)
    expect(stderr).toBe('Made gpu-box. It is shown once.\n')
  })

  test('create --output writes the token to a new file that only its owner reads, and prints none', async () => {
    const { home, env } = await loggedIn()
    const args = ['token', 'create', '--name', 'ci', '--output', 'ci.token']
    const { exit, stdout, stderr } = await home.play(AUTOLAB, { args, env })
    expect({ exit, stdout, stderr }).toEqual({
      exit: 0,
      stdout: '',
      stderr: 'Made ci. It is in ~/ci.token (mode 600) and nowhere else.\n',
    })
    expect(home.read('ci.token')).toMatch(/^al_[0-9A-Za-z]{36}\n$/)
    expect(home.modeOf('ci.token')).toBe('600')
    const json = [...args.slice(0, -1), 'other.token', '--json']
    const document = JSON.parse((await home.play(AUTOLAB, { args: json, env })).stdout) as object
    expect(document).toEqual({ id: 'tok_ab1', name: 'ci', file: '~/other.token', expires_at: null })
  })

  test('create --output makes no token where something is already, also a link that leads nowhere', async () => {
    const { home, env, product } = await loggedIn()
    await home.put({ 'mine.txt': 'mine' })
    symlinkSync(join(home.path, 'elsewhere'), join(home.path, 'link'))
    for (const output of ['mine.txt', 'link', 'no/such/folder']) {
      const args = ['token', 'create', '--name', 'ci', '--output', output]
      const { exit, stderr } = await home.play(AUTOLAB, { args, env })
      expect(exit).toBe(1)
      expect(stderr).toMatch(/is there already|there is no such folder/)
    }
    expect(home.read('mine.txt')).toBe('mine')
    expect(product.asked).not.toContain('POST /v1/tokens')
  })

  test('create --output leaves no file when no token is made, and no token when none can be read', async () => {
    const { home, env, product } = await loggedIn()
    const before = home.files()
    const args = ['token', 'create', '--name', 'ci', '--output', 'ci.token']
    product.spoil((request, response) => {
      const isMade = request.method === 'POST'
      response.writeHead(isMade ? 201 : 204, { 'content-type': 'application/json' })
      response.end(isMade ? '{"id":"tok_1"}' : '')
    })
    const { exit, stderr } = await home.play(AUTOLAB, { args, env })
    expect(exit).toBe(1)
    expect(stderr).toContain('Nobody has the secret of tok_1, so it is revoked.')
    expect(product.asked.at(-1)).toBe('DELETE /v1/tokens/tok_1')
    product.spoil((_, response) => response.writeHead(403).end())
    expect((await home.play(AUTOLAB, { args, env })).exit).toBe(5)
    expect(home.files()).toEqual(before)
  })

  test('create takes scopes with commas or one by one', async () => {
    const { home, env, product } = await loggedIn()
    const scopes = ['--scope', 'runs:read,runs:write', '--scope', 'nodes:read', '--scope=runs:read']
    const args = ['token', 'create', '--name', 'ci', ...scopes]
    expect((await home.play(AUTOLAB, { args, env })).exit).toBe(0)
    expect(product.sent.get('POST /v1/tokens')).toEqual({
      name: 'ci',
      scopes: ['runs:read', 'runs:write', 'nodes:read'],
    })
  })

  test('create asks once when the answer is lost, so that nobody has a token that they never saw', async () => {
    const { home, env, product } = await loggedIn()
    product.spoil((request) => void request.socket.destroy())
    const before = product.asked.length
    const args = ['token', 'create', '--name', 'gpu-box']
    const { exit, stdout } = await home.play(AUTOLAB, { args, env })
    expect({ exit, stdout }).toEqual({ exit: 8, stdout: '' })
    expect(product.asked.slice(before)).toEqual(['POST /v1/tokens'])
  })

  test('ls lists tokens, revoke ends one by name or by the beginning of its id', async () => {
    const { home, env, product } = await loggedIn()
    const play = (...args: string[]) => home.play(AUTOLAB, { args, env })
    for (const name of ['gpu-box', 'laptop', 'ci']) await play('token', 'create', '--name', name)
    expect((await play('token', 'ls')).stdout).toMatch(
      /^tok_a0 +gpu-box +al_\w+… +never used +no end$/m,
    )
    expect((await play('token', 'revoke', 'gpu-box')).stderr).toBe('Revoked gpu-box (tok_a0).\n')
    const ambiguous = await play('token', 'revoke', 'tok_a')
    expect(ambiguous.exit).toBe(2)
    expect(ambiguous.stderr).toContain('tok_ab1 (laptop), tok_a2 (ci)')
    expect((await play('token', 'revoke', 'tok_ab')).exit).toBe(0)
    expect((await play('token', 'revoke', 'nothing')).exit).toBe(6)
    expect(product.asked.filter((route) => route.startsWith('DELETE'))).toEqual([
      'DELETE /v1/tokens/tok_a0',
      'DELETE /v1/tokens/tok_ab1',
    ])
  })

  test('a word that is no command below token is a usage failure with a suggestion', async () => {
    const { home, env } = await loggedIn()
    const { exit, stderr, stdout } = await home.play(AUTOLAB, { args: ['token', 'creat'], env })
    expect({ exit, stdout }).toEqual({ exit: 2, stdout: '' })
    expect(stderr).toContain('create')
  })
})

test('a stored login that is refused is told with the command that replaces it', async () => {
  const { home, env, product } = await loggedIn()
  product.spoil((_, response) => {
    response.writeHead(401, { 'content-type': 'application/json' })
    response.end(JSON.stringify({ code: 'key_revoked', detail: 'This key was revoked.' }))
  })
  for (const args of [['whoami'], ['token', 'ls'], ['status']]) {
    const { exit, stderr } = await home.play(AUTOLAB, { args, env })
    expect(exit).toBe(4)
    expect(stderr).toContain("Run 'autolab login', or put a valid credential into ~/")
  }
  const variable = { ...env, AUTOLAB_TOKEN: TOKEN }
  const { stderr } = await home.play(AUTOLAB, { args: ['whoami'], env: variable })
  expect(stderr).toContain('Put a valid credential into AUTOLAB_TOKEN.')
})

test('a login that another version has sealed is never sent, and logout says that it still counts', async () => {
  const { home, env, product } = await loggedIn()
  const sealed = `sealed.v1.keyring.${'A'.repeat(80)}`
  const file = '.config/autolab/credentials.json'
  await home.put({ [file]: home.read(file).replace(TOKEN, sealed) })
  const before = product.asked.length
  const refused = await home.play(AUTOLAB, { args: ['whoami'], env })
  expect(refused.exit).toBe(2)
  expect(refused.stderr).toContain('sealed, and only the version of the program that did it')
  const { exit, stderr } = await home.play(AUTOLAB, { args: ['logout'], env })
  expect(exit).toBe(0)
  expect(stderr).toContain('it still counts at')
  expect(stderr).not.toContain(sealed)
  expect(product.asked.slice(before)).toEqual([])
})

describe('keys', () => {
  test('add asks for the value unseen and sends it in the body alone', async () => {
    const { home, env, product } = await loggedIn()
    const value = 'sk-ant-api03-0123456789abcdef0123456789abcdef'
    const args = ['keys', 'add', '--provider', 'anthropic', '--name', 'personal', '--limit', '25']
    const { exit, stderr } = await home.play(AUTOLAB, { args, env, typed: `${value}\r` })
    expect(exit).toBe(0)
    expect(stderr).toBe('anthropic key (input hidden): \nStored the anthropic key as personal.\n')
    expect(product.sent.get('POST /v1/provider-keys')).toEqual({
      provider: 'anthropic',
      name: 'personal',
      limit_usd: 25,
      key: value,
    })
    const used = await home.play(AUTOLAB, {
      args: ['keys', 'use', 'personal', '--model', 'openai/gpt-5.5', '--project', 'alice/nanochat'],
      env,
    })
    expect(used.stderr).toBe('alice/nanochat uses personal with openai/gpt-5.5.\n')
    expect(product.sent.get('PUT /v1/projects/alice/nanochat/provider-key')).toEqual({
      key: 'pk_1',
      model: 'openai/gpt-5.5',
    })
  })

  test('add says which providers there are, and how to give a key without a terminal', async () => {
    const { home, env, product } = await loggedIn()
    const add = (...args: string[]) => home.play(AUTOLAB, { args: ['keys', 'add', ...args], env })
    expect(await add('--provider', 'anthropc')).toEqual({
      exit: 2,
      stdout: '',
      stderr: 'autolab: anthropc is no provider here.\nProviders are anthropic, openai, google.\n',
    })
    const { exit, stderr } = await add('--provider', 'openai')
    expect(exit).toBe(4)
    expect(stderr).toContain('Run `autolab keys add --provider openai --with-token < FILE`')
    expect(product.sent.size).toBe(0)
  })

  test('rm asks before it takes one away', async () => {
    const { home, product, env } = await loggedIn()
    const key = 'sk-ant-api03-of-nobody'
    const add = ['keys', 'add', '--provider', 'anthropic', '--name', 'mine', '--with-token']
    expect((await home.play(AUTOLAB, { args: add, env, piped: key })).exit).toBe(0)
    const alone = await home.play(AUTOLAB, { args: ['keys', 'rm', 'mine'], env })
    expect(alone.exit).toBe(4)
    const refused = await home.play(AUTOLAB, { args: ['keys', 'rm', 'mine'], env, typed: 'n\n' })
    expect(refused.exit).toBe(1)
    const nameless = await home.play(AUTOLAB, { args: ['keys', 'rm', '', '--yes'], env })
    expect([nameless.exit, nameless.stderr]).toEqual([2, expect.stringContaining('has no name')])
    expect(product.asked).not.toContain('DELETE /v1/provider-keys/pk_1')
    const { exit, stderr } = await home.play(AUTOLAB, {
      args: ['keys', 'rm', 'mine', '--yes'],
      env,
    })
    expect({ exit, stderr }).toEqual({ exit: 0, stderr: 'Took mine away.\n' })
    expect((await home.play(AUTOLAB, { args: ['keys', '--json'], env })).stdout).toBe('[]\n')
  })

  test('an access token given as a provider key is named as such, and the reverse', async () => {
    const { home, env, product } = await loggedIn()
    const args = ['keys', 'add', '--provider', 'openai']
    const wrong = await home.play(AUTOLAB, { args, env, typed: `${TOKEN}\r` })
    expect(wrong.exit).toBe(2)
    expect(wrong.stderr).toContain('This is a token of AutoLab, not a key of openai.')
    const reverse = await home.play(AUTOLAB, {
      args: ['login', '--with-token'],
      env,
      piped: 'sk-proj-0123456789abcdef0123456789abcdef',
    })
    expect(reverse.exit).toBe(2)
    expect(reverse.stderr).toContain('a key of OpenAI (sk-proj-…)')
    expect(product.sent.size).toBe(0)
  })
})
