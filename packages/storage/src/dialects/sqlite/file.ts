// Makes the database's file with the rights it needs before SQLite opens it: the log and index files that SQLite puts
// beside it inherit them.

import * as fs from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import { StoreUnavailable } from '@keywright/core'

export interface PreparedFile {
  /** Without symbolic links, so that two names of one file meet at one lock. */
  readonly path: string
  readonly warnings: readonly string[]
}

/** @throws StoreUnavailable when the file cannot be made */
export function prepareFile(path: string): PreparedFile {
  try {
    fs.mkdirSync(dirname(resolve(path)), { recursive: true, mode: 0o700 })
    makePrivate(path)
    const real = fs.realpathSync(path)
    const kind = networkFileSystem(fs.statfsSync(dirname(real)).type)
    return { path: real, warnings: [...modeWarnings(real), ...networkWarnings(kind)] }
  } catch (error) {
    throw new StoreUnavailable('The database file cannot be made or reached.', { cause: error })
  }
}

/** Makes an empty file that only its owner may read. One that exists is left alone. */
export function makePrivate(path: string): void {
  // An existing file must not be opened here: closing it again would free the locks SQLite holds on it.
  if (fs.existsSync(path)) return
  try {
    fs.closeSync(fs.openSync(path, 'wx', 0o600))
    fs.chmodSync(path, 0o600)
  } catch (error) {
    if (!(error instanceof Error) || !('code' in error) || error.code !== 'EEXIST') throw error
  }
}

/** Where the file that stands for "in use" is. */
export function lockPathOf(path: string): string {
  return join(dirname(path), `${basename(path)}.lock`)
}

// Magic numbers of statfs(2) on Linux.
const NETWORK: ReadonlyMap<number, string> = new Map([
  [0x6969, 'NFS'],
  [0x517b, 'SMB'],
  [0xfe534d42, 'SMB'],
  [0xff534d42, 'CIFS'],
  [0x65735546, 'FUSE'],
])

export function networkFileSystem(type: number): string | undefined {
  return NETWORK.get(type)
}

function networkWarnings(kind: string | undefined): readonly string[] {
  if (kind === undefined) return []
  return [
    `The database is on a file system of type ${kind}. Its locks may not hold; move it to a local disk.`,
  ]
}

function modeWarnings(path: string): readonly string[] {
  if ((fs.statSync(path).mode & 0o077) === 0) return []
  return [`Others than its owner may open the database file. Run: chmod 600 on it.`]
}
