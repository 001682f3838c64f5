// A command line as a process of its own that is not root's, so that modes and owners mean what they mean to people.

import { spawn, spawnSync } from 'node:child_process'
import { chownSync, readdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Home } from './play.ts'

const CLI = join(import.meta.dirname, 'cli.ts')

/** `nobody`, who is on every machine. */
const SOMEBODY = 65_534

const IS_ROOT = process.geteuid?.() === 0

export interface Ended {
  readonly exit: number | null
  readonly stdout: string
  readonly stderr: string
}

export interface Started {
  readonly product: 'AUTOLAB' | 'CHRONARY' | 'METHODIC'
  readonly args: readonly string[]
  readonly env?: Readonly<Record<string, string>>
  readonly piped?: string
  /** Shell commands before it, as `umask 0`. */
  readonly before?: string
}

/** Runs it in that home folder, which is somebody's from then on. */
export function runAsSomebody(home: Home, started: Started): Promise<Ended> {
  if (IS_ROOT) giveAway(home.path)
  const { product, args, env = {}, piped, before = ':' } = started
  const command = ['-c', `${before}; exec "$0" "$@"`, process.execPath, CLI, product, ...args]
  const child = spawn('/bin/bash', command, {
    env: { PATH: process.env['PATH'] ?? '', HOME: home.path, ...env },
    stdio: [piped === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'],
    ...(IS_ROOT && { uid: SOMEBODY, gid: SOMEBODY }),
  })
  let stdout = ''
  let stderr = ''
  child.stdout?.on('data', (chunk) => (stdout += String(chunk)))
  child.stderr?.on('data', (chunk) => (stderr += String(chunk)))
  child.stdin?.end(piped)
  return new Promise((resolve) => {
    child.once('close', (exit) => {
      const shown = (text: string): string => text.replaceAll(home.path, '~')
      resolve({ exit, stdout: shown(stdout), stderr: shown(stderr) })
    })
  })
}

/** Whether somebody who is not root can run this repository: where it lies, or the folder for tests, may be root's alone. */
export function canRunAsSomebody(): boolean {
  if (!IS_ROOT) return true
  const how = { uid: SOMEBODY, gid: SOMEBODY, cwd: '/' } as const
  const enter = `process.chdir(${JSON.stringify(tmpdir())})`
  return [
    ['-e', enter],
    [CLI, 'METHODIC', '--version'],
  ].every((args) => spawnSync(process.execPath, args, how).status === 0)
}

function giveAway(folder: string): void {
  chownSync(folder, SOMEBODY, SOMEBODY)
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isSymbolicLink()) chownSync(join(entry.parentPath, entry.name), SOMEBODY, SOMEBODY)
  }
}
