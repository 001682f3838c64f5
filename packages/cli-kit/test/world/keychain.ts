// A real keychain without a screen: a message bus of its own with gnome-keyring on it, unlocked by a password.

import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'

const BUS = 'dbus-daemon'
const TOOLS = ['secret-tool', 'gnome-keyring-daemon', BUS, 'dbus-send']

/** Whether this machine can open one (Debian: gnome-keyring, libsecret-tools, dbus); CI must be able to. */
export const HAS_KEYCHAIN: boolean = TOOLS.every(
  (tool) => spawnSync(tool, ['--version']).error === undefined,
)

export const IS_KEYCHAIN_REQUIRED: boolean = process.env['KEYWRIGHT_REQUIRE_KEYRING'] === '1'

export type Env = Readonly<Record<string, string>>

export interface TestKeychain {
  /** What a program of this session has in its environment. */
  readonly env: Env
  /** Labels and attributes of what is in it, by `secret-tool search`. */
  itemsOf(service: string): string
  /** Puts one there, as another program would. */
  put(service: string, account: string, secret: string): void
  /** Takes one away, as a person in the keychain's own program. */
  forget(service: string): void
  lock(): void
}

/** A message bus on which nobody keeps secrets yet: the service is started when it is asked for, without a keychain. */
export async function openBus(): Promise<Env> {
  const folder = mkdtempSync(join(tmpdir(), 'keychain-'))
  const env = {
    PATH: process.env['PATH'] ?? '',
    HOME: folder,
    XDG_RUNTIME_DIR: join(folder, 'run'),
    DBUS_SESSION_BUS_ADDRESS: `unix:path=${join(folder, 'bus')}`,
  }
  mkdirSync(env.XDG_RUNTIME_DIR, { mode: 0o700 })
  const address = `--address=${env.DBUS_SESSION_BUS_ADDRESS}`
  const bus = spawn(BUS, ['--session', '--nofork', '--print-address', address], {
    env,
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  // What is on the bus ends with it.
  onTestFinished(async () => {
    bus.kill('SIGKILL')
    await once(bus, 'close')
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
  })
  await once(bus.stdout, 'data')
  return env
}

export async function openKeychain(): Promise<TestKeychain> {
  const env = await openBus()
  // The one that was started goes on behind it, ready.
  run(env, ['gnome-keyring-daemon', '--unlock', '--components=secrets'], 'a password of a test')
  return {
    env,
    itemsOf: (service) => run(env, ['secret-tool', 'search', '--all', 'service', service]),
    put(service, account, secret) {
      const names = ['service', service, 'account', account]
      run(env, ['secret-tool', 'store', '--label=Other', ...names], secret)
    },
    forget: (service) => void run(env, ['secret-tool', 'clear', 'service', service]),
    lock: () => void run(env, LOCK),
  }
}

const LOCK = [
  'dbus-send',
  '--session',
  '--print-reply',
  '--dest=org.freedesktop.secrets',
  '/org/freedesktop/secrets',
  'org.freedesktop.Secret.Service.Lock',
  'array:objpath:/org/freedesktop/secrets/collection/login',
]

/** @param command the tool and its arguments */
function run(env: Env, [tool = '', ...args]: readonly string[], input = ''): string {
  const { status, stdout, stderr } = spawnSync(tool, args, { env, input, encoding: 'utf8' })
  if (status !== 0) throw new Error(`${tool} ended with ${status}: ${stderr}`)
  return stdout
}
