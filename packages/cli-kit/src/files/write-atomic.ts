/**
 * Files that a crash can never leave half written: a draft beside the file, forced to disk, renamed over it. A reader,
 * or a kill at any moment, finds the old content or the new one.
 */
import { chmod, lstat, mkdir, open, readdir, readlink, rename, rm, stat } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'

const DRAFT = /^\.[0-9a-f]{16}\.new$/
const LINKS_MAX = 40

/** Owner only: what a file with a secret in it has. */
export const SECRET_MODE = 0o600
const FOLDER_MODE = 0o700
const STICKY = 0o1000

export interface AtomicWrite {
  /** The file's mode, set again on each write; `keep` leaves that of a file that exists. */
  readonly mode: number | 'keep'
  readonly random: (length: number) => Uint8Array
}

/** Replaces a file's content. Its folder must exist; the caller holds the lock of the file. */
export async function writeAtomic(path: string, text: string, how: AtomicWrite): Promise<void> {
  const target = await followLinks(path)
  await sweepDrafts(target)
  const draft = `${target}.${Buffer.from(how.random(8)).toString('hex')}.new`
  const mode = how.mode === 'keep' ? await modeOf(target) : how.mode
  try {
    const file = await open(draft, 'wx', mode)
    try {
      // The mode at creation is cut by the process's umask.
      await file.chmod(mode)
      await file.writeFile(text)
      await file.sync()
    } finally {
      await file.close()
    }
    await rename(draft, target)
  } catch (error) {
    await rm(draft, { force: true })
    throw error
  }
  await syncFolder(dirname(target))
}

/**
 * Makes a folder that only its owner may enter, and those above it that are missing. One that is there and open to others
 * is closed when it is the product's own; the home folder, or /etc, is not.
 */
export async function makeOwnFolder(path: string, isOwn: boolean): Promise<void> {
  const isMade = await makeFolder(resolve(path))
  if (isMade || !isOwn) return
  const { mode } = await stat(path)
  // A folder with the sticky bit is shared by its making, as /tmp.
  if ((mode & 0o077) !== 0 && (mode & STICKY) === 0) await chmod(path, FOLDER_MODE)
}

/**
 * Step by step and not by Node's recursive mode, which never ends where a file system that exists refuses new entries with
 * "no such file" (/proc). False: it was there.
 */
async function makeFolder(path: string): Promise<boolean> {
  const found = await stat(path).catch(absent)
  if (found?.isDirectory()) return false
  if (found !== undefined) throw Object.assign(new Error(`${path} is a file`), { code: 'ENOTDIR' })
  if (dirname(path) !== path) await makeFolder(dirname(path))
  await mkdir(path, { mode: FOLDER_MODE }).catch((error: NodeJS.ErrnoException) => {
    // Another process made it meanwhile.
    if (error.code !== 'EEXIST') throw error
  })
  return true
}

/** Where a path of symbolic links ends, also when nothing is there yet: a linked dotfile stays a link. */
export async function followLinks(path: string): Promise<string> {
  let target = resolve(path)
  for (let links = 0; links < LINKS_MAX; links += 1) {
    const stats = await lstat(target).catch(absent)
    if (stats === undefined || !stats.isSymbolicLink()) return target
    target = resolve(dirname(target), await readlink(target))
  }
  throw Object.assign(new Error(`${path} is a circle of links`), { code: 'ELOOP' })
}

async function modeOf(path: string): Promise<number> {
  const stats = await stat(path).catch(absent)
  return stats === undefined ? SECRET_MODE : stats.mode & 0o777
}

/** A killed writer leaves its draft, with a secret in it. Under the lock nobody else is writing one. */
async function sweepDrafts(target: string): Promise<void> {
  const name = basename(target)
  for (const entry of await readdir(dirname(target))) {
    if (entry.startsWith(name) && DRAFT.test(entry.slice(name.length))) {
      await rm(join(dirname(target), entry), { force: true })
    }
  }
}

/** The rename itself is only safe when the folder is on disk. Windows has no such call. */
async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r').catch(() => undefined)
  if (folder === undefined) return
  try {
    await folder.sync()
  } catch {
    // Some network file systems refuse it; the content itself is on disk.
  } finally {
    await folder.close()
  }
}

function absent(error: NodeJS.ErrnoException): undefined {
  if (error.code === 'ENOENT') return undefined
  throw error
}
