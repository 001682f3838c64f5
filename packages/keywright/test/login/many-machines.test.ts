// One person on several machines, and many processes on one: nobody is logged out by anybody else.

import { spawn } from 'node:child_process'
import { mkdtempSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import { processWorld, runCommandLine } from '@keywright/cli-kit'
import { freePort } from 'keywright'
import { describe, expect, it, onTestFinished } from 'vitest'
import { rememberSecret } from '../../../../tools/canary/registry.ts'
import { verdict } from '../world/open-world.ts'
import type { LoginServer } from './open-server.ts'
import { openLoginServer, signIn } from './open-server.ts'
import { line } from './studio-line.ts'

const CLI = join(import.meta.dirname, 'studio-line.ts')
const READERS = 20
const ROTATIONS = 4
const HOUR_MS = 3_600_000

const base = processWorld()

interface Ended {
  readonly exit: number | null
  readonly stdout: string
  readonly stderr: string
}

/** A machine of ada's, with a home of its own. */
class Machine {
  readonly #server: LoginServer
  readonly #hostName: string
  readonly #home = mkdtempSync(join(tmpdir(), 'studio-'))

  constructor(server: LoginServer, hostName: string) {
    this.#server = server
    this.#hostName = hostName
    onTestFinished(() => rm(this.#home, { recursive: true, force: true }))
  }

  get #env(): Record<string, string> {
    return { STUDIO_SERVER_URL: this.#server.origin, NO_COLOR: '1' }
  }

  /** In this process, so that the name of the machine can be chosen. */
  async run(...args: readonly string[]): Promise<Ended> {
    const stdout: string[] = []
    const stderr: string[] = []
    const exit = await runCommandLine(line, {
      ...base,
      args,
      env: this.#env,
      home: this.#home,
      user: 'ada',
      hostName: this.#hostName,
      stdin: new PassThrough(),
      stdout: { write: (text) => stdout.push(text) },
      stderr: { write: (text) => stderr.push(text) },
      exists: () => false,
      launch: async (_program, given) => {
        void letIn(this.#server, given.at(-1) ?? '')
        return true
      },
    })
    return { exit, stdout: stdout.join(''), stderr: stderr.join('') }
  }

  /** As a process of its own. */
  async start(...args: readonly string[]): Promise<Ended> {
    const env = { PATH: process.env['PATH'] ?? '', HOME: this.#home, ...this.#env }
    const child = spawn(process.execPath, [CLI, ...args], { env })
    let stdout = ''
    let stderr = ''
    child.stdout.on('data', (chunk) => (stdout += String(chunk)))
    child.stderr.on('data', (chunk) => (stderr += String(chunk)))
    return new Promise((resolve) => {
      child.once('close', (exit) => resolve({ exit, stdout, stderr }))
    })
  }

  /** Logs in by browser; the token that this machine has now. */
  async logIn(): Promise<string> {
    const { exit, stderr } = await this.run('login', '--web')
    if (exit !== 0) throw new Error(stderr)
    return this.token()
  }

  async token(): Promise<string> {
    const token = (await this.run('token')).stdout.trim()
    rememberSecret(token)
    return token
  }

  /** Names of the logins that the person has, as this machine lists them. */
  async logins(): Promise<{ name: string; id: string }[]> {
    const { stdout } = await this.run('token', 'ls', '--json')
    const tokens = JSON.parse(stdout) as { name: string; id: string; revoked_at: string | null }[]
    return tokens.filter(({ revoked_at }) => revoked_at === null)
  }
}

async function letIn(server: LoginServer, url: string): Promise<void> {
  const { reader } = await server.browser('ada')
  await reader.open(url)
  await signIn(reader, 'ada')
  await reader.send('/oauth/authorize')
  await fetch(reader.location)
}

async function listening(): Promise<LoginServer> {
  const port = await freePort('127.0.0.1')
  const server = await openLoginServer(`http://127.0.0.1:${port}`)
  await server.app.listen({ port, host: '127.0.0.1' })
  return server
}

describe('complaint 7: a login elsewhere', () => {
  it('ends no other, and a second one of the same machine replaces its own alone', async () => {
    const server = await listening()
    const [laptop, box] = [new Machine(server, 'laptop'), new Machine(server, 'box')]
    const first = await laptop.logIn()
    const ofBox = await box.logIn()
    expect(await verdict(server, first)).toBe('allowed')
    const again = await laptop.logIn()
    expect(await verdict(server, first)).toBe('key_revoked')
    expect([await verdict(server, again), await verdict(server, ofBox)]).toEqual([
      'allowed',
      'allowed',
    ])
    expect((await laptop.logins()).map(({ name }) => name).toSorted()).toEqual([
      'ada@box',
      'ada@laptop',
    ])
  })

  it('is listed by its machine, and ended alone', async () => {
    const server = await listening()
    const [laptop, box] = [new Machine(server, 'laptop'), new Machine(server, 'box')]
    const ofLaptop = await laptop.logIn()
    const ofBox = await box.logIn()
    expect((await laptop.run('token', 'revoke', 'ada@box')).exit).toBe(0)
    expect(await verdict(server, ofBox)).toBe('key_revoked')
    expect(await verdict(server, ofLaptop)).toBe('allowed')
    expect((await box.run('whoami')).exit).toBe(4)
    expect((await laptop.run('whoami')).exit).toBe(0)
  })
})

describe('complaint 6: many processes with one login', () => {
  it('stay logged in while another rotates it, and keep the newer secret', async () => {
    const server = await listening()
    const laptop = new Machine(server, 'laptop')
    const before = await laptop.logIn()
    const rotate = laptop.start('token', 'rotate', 'ada@laptop', '--overlap', '1h')
    // Half of them only read; the others write the same file too.
    const others = Array.from({ length: READERS }, (_, index) =>
      index % 2 === 0 ? laptop.start('whoami') : laptop.start('switch', server.origin),
    )
    const rotated = await rotate
    rememberSecret(rotated.stdout.trim())
    for (const { exit, stderr } of await Promise.all(others)) {
      expect({ exit, stderr: exit === 0 ? '' : stderr }).toEqual({ exit: 0, stderr: '' })
    }
    expect(rotated.exit).toBe(0)
    expect(await laptop.token()).toBe(rotated.stdout.trim())
    expect(await verdict(server, before)).toBe('allowed')
    server.clock.advance(HOUR_MS + 1)
    expect(await verdict(server, before)).not.toBe('allowed')
    expect((await laptop.run('whoami')).exit).toBe(0)
  })

  it('that rotate it at once take turns, and the newest secret is the one that stays', async () => {
    const server = await listening()
    const laptop = new Machine(server, 'laptop')
    await laptop.logIn()
    const rotations = await Promise.all(
      Array.from({ length: ROTATIONS }, () =>
        laptop.start('token', 'rotate', 'ada@laptop', '--overlap', '1h'),
      ),
    )
    for (const { stdout } of rotations) rememberSecret(stdout.trim())
    expect(rotations.map(({ exit }) => exit)).toEqual(rotations.map(() => 0))
    const stored = await laptop.token()
    expect(rotations.map(({ stdout }) => stdout.trim())).toContain(stored)
    server.clock.advance(HOUR_MS + 1)
    expect(await verdict(server, stored)).toBe('allowed')
    expect((await laptop.run('whoami')).exit).toBe(0)
  })

  it('lose no newer login to a rotation that comes late', async () => {
    const server = await listening()
    const laptop = new Machine(server, 'laptop')
    await laptop.logIn()
    const rotate = laptop.start('token', 'rotate', 'ada@laptop')
    const newer = await laptop.logIn()
    rememberSecret((await rotate).stdout.trim())
    const stored = await laptop.token()
    expect(await verdict(server, stored)).toBe('allowed')
    expect((await laptop.run('whoami')).exit).toBe(0)
    expect([newer, (await rotate).stdout.trim()]).toContain(stored)
  })
})
