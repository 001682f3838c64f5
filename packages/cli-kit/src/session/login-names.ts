/**
 * The names of stored logins in a file of the cache, where the completion of a shell reads them without starting a process.
 * It has no secrets, and it is there only after somebody asked for a completion script.
 */
import { existsSync } from 'node:fs'
import { lstat } from 'node:fs/promises'
import { dirname, isAbsolute, join } from 'node:path'
import { makeOwnFolder, writeAtomic } from '../files/write-atomic.ts'
import type { World } from '../world/world.ts'
import type { Context } from './context.ts'

const FILE = 'logins'

/** What a shell may put into a command line as it is; other names are not offered. */
const PLAIN = /^\w[\w.@:/+-]*$/

/** Where the names are, as the scripts for shells say it too. */
export function namesPath(name: string, { env, home, platform }: World): string {
  const local = platform === 'win32' ? env['LOCALAPPDATA'] : undefined
  const xdg = env['XDG_CACHE_HOME'] ?? ''
  // A relative one counts as none, as the XDG specification says.
  return join(local || (isAbsolute(xdg) ? xdg : join(home, '.cache')), name, FILE)
}

/** Writes them anew after a login or a logout, where completion is in use. Nothing depends on it, so it never fails. */
export async function keepNames(context: Context): Promise<void> {
  if (existsSync(namesPath(context.line.name, context.world))) await writeNames(context)
}

/** Writes them in any case: a completion script that will read them is being printed. */
export async function writeNames(context: Context): Promise<void> {
  const { line, world, out } = context
  try {
    const store = await context.store()
    if (store === undefined) return
    const names = (await store.entries()).map(({ name }) => name).filter((name) => PLAIN.test(name))
    const path = namesPath(line.name, world)
    await makeOwnFolder(dirname(path), true)
    if (!(await isOwnPlace(path, world))) return
    const text = names.map((name) => `${name}\n`).join('')
    await writeAtomic(path, text, { mode: 0o600, random: (length) => world.random(length) })
  } catch (error) {
    out.debug(`names for completion were not written: ${String(error)}`)
  }
}

/** In a folder of somebody else, as of the person under sudo, or through a link, the file would be any file of this user. */
async function isOwnPlace(path: string, { userId }: Pick<World, 'userId'>): Promise<boolean> {
  const folder = await lstat(dirname(path))
  const isOwn = folder.isDirectory() && (userId === undefined || folder.uid === userId)
  return (
    isOwn &&
    !(await lstat(path).then(
      (file) => file.isSymbolicLink(),
      () => false,
    ))
  )
}
