import { existsSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'

/**
 * Makes a folder that only its owner may enter, and those above it that are missing. Step by step and not by Node's
 * recursive mode, which never ends where a file system that exists refuses new entries with "no such file" (/proc).
 */
export async function makeFolder(path: string): Promise<void> {
  const folder = resolve(path)
  if (existsSync(folder)) return
  await makeFolder(dirname(folder))
  await mkdir(folder, { mode: 0o700 }).catch((error: NodeJS.ErrnoException) => {
    // Another start made it meanwhile.
    if (error.code !== 'EEXIST') throw error
  })
}
