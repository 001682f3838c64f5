// Other programs that ask for the stored login of a host in their own protocols: git and docker.

import { spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, onTestFinished, test } from 'vitest'
import { rememberSecret } from '../../../tools/canary/registry.ts'
import { fieldsIn } from '../src/verb/hand-over/git.ts'
import { AUTOLAB, CHRONARY, SEALED_AUTOLAB } from './world/lines.ts'
import { Home } from './world/play.ts'
import { newSecret, startProduct } from './world/product.ts'
import { CLI, runProgram } from './world/run-program.ts'

const COMMAND = CLI.join(' ')
const TOKEN = newSecret('al')
const OTHER = newSecret('al')
const FILE = '.config/autolab/credentials.json'
const HERE = 'https://autolab.example'
const NONE = 'credentials not found in native keychain\n'

async function withHosts() {
  const home = new Home()
  const hosts = { [HERE]: { token: TOKEN }, 'https://lab.example:8443': { token: OTHER } }
  await home.put({ [FILE]: JSON.stringify({ active: HERE, hosts }) })
  const help = (args: readonly string[], piped = '', env: Record<string, string> = {}) =>
    home.play(AUTOLAB, { args: ['helper', ...args], piped, env })
  return { home, help }
}

describe('git', () => {
  const GIT = { GIT_CONFIG_NOSYSTEM: '1', GIT_TERMINAL_PROMPT: '0' }
  const fill = (home: Home, input: string) =>
    runProgram(
      ['git', '-c', `credential.helper=!${COMMAND} AUTOLAB helper git`, 'credential', 'fill'],
      { ...GIT, HOME: home.path },
      input,
    )

  test('git itself gets the login of the host that it asks for', async () => {
    const { home } = await withHosts()
    const here = await fill(home, 'protocol=https\nhost=autolab.example\n\n')
    expect(here).toEqual({
      exit: 0,
      stdout: `protocol=https\nhost=autolab.example\nusername=token\npassword=${TOKEN}\n`,
      stderr: '',
    })
    const other = await fill(home, 'protocol=https\nhost=lab.example:8443\nusername=jane\n\n')
    expect(other.stdout).toContain(`username=jane\npassword=${OTHER}\n`)
  })

  test.each([
    ['another host', 'protocol=https\nhost=evil.example\n\n'],
    ['a host that begins as ours', 'protocol=https\nhost=autolab.example.evil.example\n\n'],
    ['our host in plain http', 'protocol=http\nhost=autolab.example\n\n'],
    ['our host at another port', 'protocol=https\nhost=autolab.example:444\n\n'],
    ['a user name that looks as our host', 'protocol=https\nhost=autolab.example@evil.example\n\n'],
    ['a host that ends before it ends', 'protocol=https\nhost=autolab.example#.evil.example\n\n'],
    ['a host with a backslash', 'protocol=https\nhost=autolab.example\\.evil.example\n\n'],
    ['a protocol with our host in it', 'protocol=https:autolab.example/?\nhost=evil.example\n\n'],
    ['a protocol that is a URL', 'protocol=https://autolab.example/\nhost=evil.example\n\n'],
    ['no host', 'protocol=https\n\n'],
    ['nothing', ''],
  ])('%s gets nothing, also of the credential in a variable', async (_, asked) => {
    const { help } = await withHosts()
    const given = await help(['git', 'get'], asked, { AUTOLAB_TOKEN: newSecret('al') })
    expect(given).toEqual({ exit: 0, stdout: '', stderr: '' })
  })

  test('the credential of a variable is for the host in force alone', async () => {
    const { help } = await withHosts()
    const token = newSecret('al')
    const ask = (host: string) =>
      help(['git', 'get'], `protocol=https\nhost=${host}\n`, { AUTOLAB_TOKEN: token })
    expect((await ask('autolab.example')).stdout).toContain(`password=${token}\n`)
    expect((await ask('lab.example:8443')).stdout).toContain(`password=${OTHER}\n`)
  })

  test('sealed logins are opened for their own hosts', async () => {
    const home = new Home()
    const key = randomBytes(32).toString('base64url')
    rememberSecret(key)
    const asks = async (url: string) => {
      const { host } = new URL(url)
      const piped = `protocol=http\nhost=${host}\n`
      const env = { AUTOLAB_STORE_KEY: key }
      return (await home.play(SEALED_AUTOLAB, { args: ['helper', 'git', 'get'], piped, env }))
        .stdout
    }
    const tokens = new Map<string, string>()
    for (const token of [TOKEN, OTHER]) {
      const { url } = await startProduct([token])
      tokens.set(url, token)
      const args = ['login', '--with-token', '--store', 'encrypted-file', '--server-url', url]
      const env = { AUTOLAB_STORE_KEY: key }
      expect((await home.play(SEALED_AUTOLAB, { args, piped: token, env })).exit).toBe(0)
    }
    for (const [url, token] of tokens) expect(await asks(url)).toContain(`password=${token}\n`)
    expect(home.read(FILE)).not.toContain(TOKEN)
    const [first = ''] = tokens.keys()
    const piped = `protocol=http\nhost=${new URL(first).host}\n`
    const shut = { args: ['helper', 'git', 'get'], piped }
    const { exit, stdout } = await home.play(SEALED_AUTOLAB, shut)
    expect([exit === 0, stdout]).toEqual([false, ''])
  })

  test('what git wants stored or erased changes nothing, and a word that is not known neither', async () => {
    const { home, help } = await withHosts()
    const before = home.read(FILE)
    const asked = `protocol=https\nhost=autolab.example\nusername=token\npassword=${TOKEN}\n`
    for (const word of ['store', 'erase', 'capability']) {
      expect(await help(['git', word], asked)).toEqual({ exit: 0, stdout: '', stderr: '' })
    }
    expect(home.read(FILE)).toBe(before)
  })

  test('where nobody is logged in git is told so on stderr, and goes on to its next helper', async () => {
    const given = {
      args: ['helper', 'git', 'get'],
      piped: 'protocol=https\nhost=autolab.example\n',
    }
    const { exit, stdout, stderr } = await new Home().play(AUTOLAB, given)
    expect([exit, stdout]).toEqual([4, ''])
    expect(stderr).toContain('Run `autolab login`')
  })

  test('a profile is named in the configuration of git', async () => {
    const home = new Home()
    const key = newSecret('chr_sk')
    const profiles = { work: { api_key: newSecret('chr_sk') }, play: { api_key: key } }
    const stored = JSON.stringify({ active: 'work', profiles })
    await home.put({ '.config/chronary/config.json': stored })
    const line = { ...CHRONARY, commands: ['auth helper'] as const }
    const args = ['auth', 'helper', 'git', '--profile', 'play', 'get']
    const piped = 'protocol=https\nhost=api.chronary.ai\n'
    expect((await home.play(line, { args, piped })).stdout).toContain(`password=${key}\n`)
  })

  test('fields are read back as git writes them, and nothing after the empty line', () => {
    const fieldsOf = fc.dictionary(
      fc.stringMatching(/^[a-z]+(\[\])?$/),
      fc.stringMatching(/^[^\n\0]*$/),
      { noNullPrototype: true },
    )
    fc.assert(
      fc.property(fieldsOf, fc.string(), (fields, more) => {
        const text = Object.entries(fields).map(([name, value]) => `${name}=${value}\n`)
        expect(fieldsIn(`${text.join('')}\n${more}`)).toEqual(fields)
      }),
    )
  })
})

describe('docker', () => {
  test('get takes the host of a registry or its URL, and answers as docker reads it', async () => {
    const { help } = await withHosts()
    for (const asked of ['autolab.example', 'https://autolab.example/v2/', 'AutoLab.example\n']) {
      const { exit, stdout } = await help(['docker', 'get'], asked)
      expect(exit).toBe(0)
      const server = asked.trim()
      expect(JSON.parse(stdout)).toEqual({ ServerURL: server, Username: 'token', Secret: TOKEN })
    }
    expect((await help(['docker', 'get'], 'lab.example:8443')).stdout).toContain(OTHER)
  })

  test.each([
    'https://index.docker.io/v1/',
    'evil.example/autolab.example',
    'lab.example',
    'http://autolab.example',
    'https://autolab.example:444',
    'https://autolab.example\\@evil.example',
    'https://evil.example@autolab.example',
    'https:autolab.example/://evil.example',
    'https://auto\tlab.example',
    'https://autolab。example',
    'https://autolab.example#.evil.example',
  ])('%s is not found, in the words that docker waits for', async (asked) => {
    const { help } = await withHosts()
    expect(await help(['docker', 'get'], asked)).toEqual({ exit: 1, stdout: NONE, stderr: '' })
  })

  test('where nobody is logged in it is not found either', async () => {
    const given = { args: ['helper', 'docker', 'get'], piped: 'autolab.example' }
    expect(await new Home().play(AUTOLAB, given)).toMatchObject({ exit: 1, stdout: NONE })
  })

  test('list names servers and no secret; store and erase change nothing', async () => {
    const { home, help } = await withHosts()
    const { stdout } = await help(['docker', 'list'])
    expect(JSON.parse(stdout)).toEqual({ [HERE]: 'token', 'https://lab.example:8443': 'token' })
    const before = home.read(FILE)
    const stored = JSON.stringify({ ServerURL: HERE, Username: 'x', Secret: TOKEN })
    expect((await help(['docker', 'store'], stored)).exit).toBe(0)
    expect((await help(['docker', 'erase'], HERE)).exit).toBe(0)
    expect(home.read(FILE)).toBe(before)
    expect((await help(['docker', 'version'])).stdout).toBe('autolab 4.5.6\n')
  })

  const HAS_DOCKER = spawnSync('docker', ['--version']).status === 0

  test.skipIf(!HAS_DOCKER)('docker itself sends the stored login to its registry', async () => {
    const home = new Home()
    const registry = await startRegistry()
    const { host } = new URL(registry.url)
    await home.put({
      [FILE]: JSON.stringify({ active: registry.url, hosts: { [registry.url]: { token: TOKEN } } }),
      'docker/config.json': JSON.stringify({ credHelpers: { [host]: 'autolab' } }),
      'bin/docker-credential-autolab': {
        text: `#!/bin/sh\nexec ${COMMAND} AUTOLAB helper docker "$@"\n`,
        mode: 0o755,
      },
    })
    const PATH = `${join(home.path, 'bin')}:${process.env['PATH'] ?? ''}`
    const asks = ['docker', 'manifest', 'inspect', '--insecure', `${host}/lab/image:1`]
    await runProgram(asks, { PATH, HOME: home.path, DOCKER_CONFIG: join(home.path, 'docker') })
    const basic = Buffer.from(`token:${TOKEN}`).toString('base64')
    expect(registry.sent).toContain(`Basic ${basic}`)
  })

  /** A registry that lets nobody in: what it is sent is all that counts. */
  async function startRegistry() {
    const sent: (string | undefined)[] = []
    const server = createServer((request, response) => {
      sent.push(request.headers.authorization)
      response.writeHead(401, { 'www-authenticate': 'Basic realm="lab"' }).end('{}')
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    onTestFinished(() => void server.close())
    return { sent, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` }
  }
})
