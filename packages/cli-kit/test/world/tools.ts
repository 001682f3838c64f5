// Stand-ins for tools of the system: scripts in a folder that is the PATH, which note what they were started with.

import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Home } from './play.ts'

export interface StandIns {
  readonly env: { readonly PATH: string }
  /** What they were started with, a line each: the name and the arguments. */
  readonly started: () => string[]
}

/** @param scripts name to what it does, in the language of `sh`; `$DIR` is a folder for what it keeps */
export function standIns(home: Home, scripts: Readonly<Record<string, string>>): StandIns {
  const folder = join(home.path, 'tools')
  const log = join(folder, 'started.log')
  mkdirSync(folder, { recursive: true })
  for (const [name, script] of Object.entries(scripts)) {
    const text = `#!/bin/sh\nDIR='${folder}'\necho "${name} $*" >> '${log}'\n${script}\n`
    writeFileSync(join(folder, name), text, { mode: 0o755 })
  }
  return {
    env: { PATH: `${folder}:${process.env['PATH'] ?? ''}` },
    started: () => (existsSync(log) ? readFileSync(log, 'utf8').trim().split('\n') : []),
  }
}
