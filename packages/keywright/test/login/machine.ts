// Machines with the studio's command line, and its server on loopback.

import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { PassThrough } from 'node:stream'
import type { World } from '@keywright/cli-kit'
import { processWorld, runCommandLine } from '@keywright/cli-kit'
import { freePort } from 'keywright'
import { onTestFinished } from 'vitest'
import { rememberSecret } from '../../../../tools/canary/registry.ts'
import type { LoginServer } from './open-server.ts'
import { openLoginServer, signIn } from './open-server.ts'
import { line } from './studio-line.ts'

/** The command line as a process of its own. */
const PROGRAM = join(import.meta.dirname, 'studio-line.ts')

const base = processWorld()

const STORE_KEY = randomBytes(32).toString('base64url')
rememberSecret(STORE_KEY)

interface Ended {
  readonly exit: number | null
  readonly stdout: string
  readonly stderr: string
}

/** Somebody's machine, with a home of its own. */
export class Machine {
  readonly #server: LoginServer
  readonly #name: string
  readonly #product: typeof line
  readonly #home = mkdtempSync(join(tmpdir(), 'studio-'))

  /** @param name as logins are called: `user@host` */
  constructor(server: LoginServer, name: string, product = line) {
    this.#server = server
    this.#name = name
    this.#product = product
    onTestFinished(() => rm(this.#home, { recursive: true, force: true }))
  }

  get #env(): Record<string, string> {
    return { STUDIO_SERVER_URL: this.#server.origin, STUDIO_STORE_KEY: STORE_KEY, NO_COLOR: '1' }
  }

  async run(args: readonly string[], world: Partial<World> = {}): Promise<Ended> {
    const [user = '', hostName = ''] = this.#name.split('@')
    const stdout: string[] = []
    const stderr: string[] = []
    const exit = await runCommandLine(this.#product, {
      ...base,
      args,
      env: this.#env,
      home: this.#home,
      user,
      hostName,
      stdin: new PassThrough(),
      stdout: { write: (text) => stdout.push(text) },
      stderr: { write: (text) => stderr.push(text) },
      exists: () => false,
      ...world,
    })
    return { exit, stdout: stdout.join(''), stderr: stderr.join('') }
  }

  /** The same at a terminal where somebody types, all at once. */
  async type(args: readonly string[], typed: string, world: Partial<World> = {}) {
    const stdin = Object.assign(new PassThrough(), { isTTY: true, setRawMode: () => undefined })
    stdin.write(`${typed}\r`)
    const shown: string[] = []
    const stderr = { isTTY: true, write: (text: string) => shown.push(text) }
    const ran = await this.run(args, { stdin, stderr, ...world })
    return { ...ran, stderr: shown.join('') }
  }

  /** The same as a process of its own, beside which others can run. */
  start(args: readonly string[]): Promise<Ended> {
    const env = { PATH: process.env['PATH'] ?? '', HOME: this.#home, ...this.#env }
    const child = spawn(process.execPath, [PROGRAM, ...args], { env })
    let stdout = ''
    let stderr = ''
    child.stdout.on('data', (chunk) => (stdout += String(chunk)))
    child.stderr.on('data', (chunk) => (stderr += String(chunk)))
    return new Promise((resolve) => {
      child.once('close', (exit) => resolve({ exit, stdout, stderr }))
    })
  }

  /** The token that this machine has now. */
  async token(): Promise<string> {
    const { stdout } = await this.run(['token'])
    rememberSecret(stdout.trim())
    return stdout.trim()
  }

  /** The credentials file, as it lies there. */
  stored(): string {
    return readFileSync(join(this.#home, '.config/studio/credentials.json'), 'utf8')
  }

  /** Every file that is left below the home folder, by its path there. */
  files(): string[] {
    return readdirSync(this.#home, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => relative(this.#home, join(entry.parentPath, entry.name)))
  }

  /** In by the browser of this machine, where ada signs in and agrees. */
  async logInByBrowser() {
    const launch = (_program: string, args: readonly string[]): Promise<boolean> => {
      void letIn(this.#server, args.at(-1) ?? '')
      return Promise.resolve(true)
    }
    const { exit } = await this.run(['login', '--web'], { launch })
    return { exit, token: await this.token() }
  }
}

async function letIn(server: LoginServer, url: string): Promise<void> {
  const { reader } = await server.browser('ada')
  await reader.open(url)
  await signIn(reader, 'ada')
  await reader.send('/oauth/authorize')
  await fetch(reader.location)
}

export async function listening(): Promise<LoginServer> {
  const port = await freePort('127.0.0.1')
  const server = await openLoginServer(`http://127.0.0.1:${port}`)
  await server.app.listen({ port, host: '127.0.0.1' })
  return server
}
