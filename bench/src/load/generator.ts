// Which generator puts the load on. wrk where it is installed, because it leaves more of the machine to the server;
// else our own. The choice shows in the rates and hardly in the ratio, and a run never mixes them.

import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'
import type { Load } from './load.ts'
import { nodeLoad } from './node-load.ts'
import { wrkLoad } from './wrk-load.ts'

export interface GeneratorOptions {
  /** For files that a generator reads. */
  readonly folder: string
  readonly isQuick: boolean
}

const SECONDS = 3

export function loadGenerator({ folder, isQuick }: GeneratorOptions): Load {
  // wrk counts in whole seconds.
  if (isQuick) return nodeLoad(0.2)
  const wrk = findCommand('wrk')
  return wrk === undefined ? nodeLoad(SECONDS) : wrkLoad(wrk, { folder, seconds: SECONDS })
}

function findCommand(name: string): string | undefined {
  const folders = (process.env['PATH'] ?? '').split(delimiter)
  return folders.map((folder) => join(folder, name)).find(isExecutable)
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}
