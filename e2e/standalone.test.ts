// The standalone server as an operator meets it: `npm start` and the command line, in real processes.

import { execFile } from 'node:child_process'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { connect } from 'node:net'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { describe, expect, onTestFinished, test } from 'vitest'
import { rememberSecret } from '../tools/canary/registry.ts'
import { makeFolder } from './testing/make-folder.ts'
import type { ProcessOptions, RunningProcess } from './testing/start-process.ts'
import { startProcess } from './testing/start-process.ts'

const ROOT = join(import.meta.dirname, '..')
const BIN = join(ROOT, 'packages', 'keywright', 'src', 'bin.ts')
const LISTENING = /^keywright listening on (http:\/\/127\.0\.0\.1:\d+)$/

function keywright(args: readonly string[], options: Partial<ProcessOptions> = {}): RunningProcess {
  return startProcess({ name: 'keywright', args: [BIN, ...args], cwd: ROOT, ...options })
}

function serve(dataDir: string, env: Readonly<Record<string, string>> = {}): RunningProcess {
  return keywright(['serve', 'keywright.config.ts'], {
    env: { PORT: '0', DATA_DIR: dataDir, ...env },
  })
}

async function urlOf(server: RunningProcess): Promise<string> {
  return LISTENING.exec(await server.line(LISTENING))?.[1] ?? ''
}

function adminKeyOf(server: RunningProcess): string {
  const line = server.stdout.find((each) => each.startsWith('admin key (shown once): '))
  return line?.slice('admin key (shown once): '.length) ?? ''
}

/** What a start that must fail says: one line on stderr, nothing else, exit 1. */
async function complaintOf(server: RunningProcess): Promise<string> {
  const ended = await server.ended
  expect(server.stdout).toEqual([])
  expect(server.stderr).toHaveLength(1)
  expect(server.stderr[0]).toMatch(/^keywright: /)
  expect(ended).toEqual({ code: 1, signal: null })
  return server.stderr[0] ?? ''
}

describe('npm start', () => {
  test('shows the admin keys and two commands that work when pasted, and ends with its address', async () => {
    const server = startProcess({
      name: 'npm start',
      command: 'npm',
      args: ['start', '--silent'],
      cwd: ROOT,
      env: { PORT: '0', DATA_DIR: join(makeFolder(), 'data') },
      isGroup: true,
    })
    await server.line(LISTENING)
    expect(server.stdout.at(-1)).toMatch(LISTENING)
    expect(adminKeyOf(server)).toMatch(/^kw_sk_live_[0-9A-Za-z]{36}$/)
    const curls = server.stdout.filter((line) => line.trimStart().startsWith('curl '))
    expect(curls).toHaveLength(2)
    const answers: Record<string, unknown>[] = []
    for (const command of curls) {
      const { stdout } = await promisify(execFile)('/bin/sh', ['-c', command])
      answers.push(JSON.parse(stdout))
    }
    const [minted, verified] = answers
    rememberSecret(String(minted?.['key']))
    expect(minted).toMatchObject({ kind: 'agent', key: expect.stringMatching(/^kw_ak_live_/) })
    expect(verified).toMatchObject({ allowed: true })
    await server.stop()
  })
})

describe('keywright serve', () => {
  test('shows no key at the second start, and keeps what was made', async () => {
    const dataDir = join(makeFolder(), 'data')
    const first = serve(dataDir)
    await urlOf(first)
    const secret = adminKeyOf(first)
    expect(await first.stop()).toEqual({ code: 0, signal: null })
    const second = serve(dataDir)
    const url = await urlOf(second)
    expect(second.stdout).toEqual([`keywright listening on ${url}`])
    const me = await fetch(`${url}/v1/me`, { headers: { authorization: `Bearer ${secret}` } })
    expect(me.status).toBe(200)
    expect(await second.stop()).toEqual({ code: 0, signal: null })
  })

  test('finishes a request under way when SIGTERM comes, and exits 0', async () => {
    const server = serve(join(makeFolder(), 'data'))
    const { port } = new URL(await urlOf(server))
    const secret = adminKeyOf(server)
    const body = JSON.stringify({ kind: 'org', resource: 'organizations/late' })
    const socket = connect(Number(port), '127.0.0.1')
    let answer = ''
    socket.setEncoding('utf8').on('data', (part: string) => (answer += part))
    const hasEnded = new Promise<void>((resolve) => socket.once('close', () => resolve()))
    // The server says that it has read the head, so the request is under way when the signal comes.
    const isUnderWay = new Promise<void>((resolve) => socket.once('data', () => resolve()))
    socket.write(
      `POST /v1/keys HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer ${secret}\r\nExpect: 100-continue\r\n` +
        `Content-Type: application/json\r\nContent-Length: ${body.length}\r\nConnection: close\r\n\r\n`,
    )
    await isUnderWay
    server.signal('SIGTERM')
    socket.write(body)
    await hasEnded
    expect(await server.ended).toEqual({ code: 0, signal: null })
    expect(answer).toMatch(/HTTP\/1\.1 (201|403) /)
    const minted = /kw_sk_live_[0-9A-Za-z]{36}/.exec(answer)?.[0]
    if (minted !== undefined) rememberSecret(minted)
  })

  test('logs neither secrets nor addresses as they were sent', async () => {
    const server = serve(join(makeFolder(), 'data'))
    const url = await urlOf(server)
    const secret = adminKeyOf(server)
    const headers = { authorization: `Bearer ${secret}`, 'content-type': 'application/json' }
    await fetch(`${url}/v1/keys?access_token=${secret}`)
    await fetch(`${url}/v1/keys/${secret}`, { headers })
    await fetch(`${url}/secret-path-segment/${secret}?marker-in-query=1`, { headers })
    await fetch(`${url}/v1/verify`, { method: 'POST', headers, body: `{"credential":"${secret}"}` })
    await fetch(`${url}/v1/verify`, { method: 'POST', headers, body: `{"${secret}":1,` })
    await fetch(`${url}/v1/keys`, { method: 'POST', headers, body: `{"kind":"${secret}"}` })
    await server.stop()
    const log = server.stderr.join('\n')
    expect(log).not.toBe('')
    expect(log).not.toContain(secret.slice(-30))
    expect(log).not.toContain('secret-path-segment')
    expect(log).not.toContain('marker-in-query')
  })

  test('says so in a line when the port is in use, and shows no key that would be lost', async () => {
    const other = createServer().listen(0, '127.0.0.1')
    onTestFinished(() => void other.close())
    await new Promise((resolve) => other.once('listening', resolve))
    const { port } = other.address() as AddressInfo
    const dataDir = join(makeFolder(), 'data')
    expect(await complaintOf(serve(dataDir, { PORT: String(port) }))).toMatch(/port \d+ is in use/)
    const later = serve(dataDir)
    await urlOf(later)
    expect(adminKeyOf(later)).toMatch(/^kw_sk_live_/)
    await later.stop()
  })

  test.runIf(process.platform === 'linux')(
    'says so, and does not try for ever, where a file system knows no new entries',
    async () => {
      expect(await complaintOf(serve('/proc/keywright'))).toContain('DATA_DIR')
    },
  )

  test('says so in a line when its folder cannot be written', async () => {
    const file = join(makeFolder(), 'a-file')
    writeFileSync(file, '')
    expect(await complaintOf(serve(join(file, 'data')))).toMatch(/DATA_DIR|cannot be made/)
  })

  test.each([
    ['of a kind with room for more: beside the lost one', false, 200],
    ['of a single kind: in place of the lost one', true, 401],
  ])('gives a new admin key %s', async (_name, isSingle, statusOfLost) => {
    const folder = makeFolder()
    const file = join(folder, 'recover.config.ts')
    const source = readFileSync(join(ROOT, 'keywright.config.ts'), 'utf8')
      .replace("'keywright'", JSON.stringify(join(ROOT, 'packages/keywright/src/index.ts')))
      .replace("scopes: ['*'] }", `scopes: ['*'], single: ${isSingle} }`)
    writeFileSync(file, source)
    const env = { PORT: '0', DATA_DIR: join(folder, 'data') }
    const first = keywright(['serve', file], { env })
    await urlOf(first)
    await first.stop()
    const second = keywright(['serve', file, '--new-admin-key'], { env })
    const url = await urlOf(second)
    const statuses: number[] = []
    for (const secret of [adminKeyOf(first), adminKeyOf(second)]) {
      const headers = { authorization: `Bearer ${secret}` }
      statuses.push((await fetch(`${url}/v1/me`, { headers })).status)
    }
    expect(statuses).toEqual([statusOfLost, 200])
    await second.stop()
  })

  test('refuses a second server over the same data, which harms the first in nothing', async () => {
    const dataDir = join(makeFolder(), 'data')
    const first = serve(dataDir)
    const url = await urlOf(first)
    expect(await complaintOf(serve(dataDir))).toContain('in use')
    expect((await fetch(`${url}/readyz`)).status).toBe(200)
    await first.stop()
  })

  test.each([
    ['PORT', '70000'],
    ['PORT', 'abc'],
    ['TRUSTED_PROXIES', '10.0.0.0/8, proxy'],
    ['KEYWRIGHT_ROOT_KEY', 'too short'],
  ])('says so in a line when %s is %s', async (name, value) => {
    const server = serve(join(makeFolder(), 'data'), { [name]: value })
    expect(await complaintOf(server)).toMatch(/PORT|TRUSTED_PROXIES|root key/)
  })

  test.each([
    ['is absent', undefined],
    ['is no definition', 'export default 3'],
    ['cannot be read', 'export default (((('],
  ])('says so in a line when the definition %s', async (_name, text) => {
    const folder = makeFolder()
    const file = join(folder, 'wrong.config.ts')
    if (text !== undefined) writeFileSync(file, text)
    const env = { PORT: '0', DATA_DIR: join(folder, 'data') }
    expect(await complaintOf(keywright(['serve', file], { env }))).toContain('wrong.config.ts')
    expect(existsSync(join(folder, 'data'))).toBe(false)
  })
})

describe('keywright init and check', () => {
  test('init writes what keywright.config.ts of the repository holds, and never over a file', async () => {
    const cwd = makeFolder()
    const init = keywright(['init'], { cwd })
    expect(await init.ended).toEqual({ code: 0, signal: null })
    const file = join(cwd, 'keywright.config.ts')
    const text = readFileSync(file, 'utf8')
    expect(text).toBe(readFileSync(join(ROOT, 'keywright.config.ts'), 'utf8'))
    writeFileSync(file, '// mine')
    const again = keywright(['init'], { cwd })
    expect(await again.ended).toEqual({ code: 1, signal: null })
    expect(again.stderr).toEqual(['keywright: keywright.config.ts exists and was left as it is.'])
    expect(readFileSync(file, 'utf8')).toBe('// mine')
  })

  test('check says what a definition describes', async () => {
    const check = keywright(['check', 'keywright.config.ts'])
    expect(await check.ended).toEqual({ code: 0, signal: null })
    expect(check.stdout[0]).toBe(
      'keywright.config.ts describes Keywright: 4 kinds of keys, 11 scopes.',
    )
  })

  test('check refuses a wrong definition with the place and the fix', async () => {
    // Beside the real one, so that its import is found.
    const source = readFileSync(join(ROOT, 'keywright.config.ts'), 'utf8')
      .replace("'keywright'", JSON.stringify(join(ROOT, 'packages/keywright/src/index.ts')))
      .replace("mintedBy: ['org', 'agent']", "mintedBy: ['org', 'nobody']")
    const file = join(makeFolder(), 'wrong.config.ts')
    writeFileSync(file, source)
    const check = keywright(['check', file])
    expect(await check.ended).toEqual({ code: 1, signal: null })
    const said = check.stderr.join('\n')
    expect(said).toContain('keys.worker.mintedBy[1]')
    expect(said).toContain("no kind is called 'nobody'")
    expect(said).toContain('use one of org, agent, worker, verifier')
    expect(said).not.toMatch(/^\s+at /m)
  })
})
