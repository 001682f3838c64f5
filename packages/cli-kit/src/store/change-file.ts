/** Read, change and write of one file as one step that no other process can come between. */
import { readFile, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { type LockWorld, withLock } from '../files/lock.ts'
import { followLinks, makeOwnFolder, SECRET_MODE, writeAtomic } from '../files/write-atomic.ts'
import { Failure } from '../output/failure.ts'
import type { World } from '../world/world.ts'

const FILE_BYTES_MAX = 1_048_576

export type StoreWorld = LockWorld & Pick<World, 'random'>

export interface FileChange {
  readonly path: string
  /** `keep` leaves the mode of a file that exists; `secret` sets it to owner only. */
  readonly mode: 'secret' | 'keep'
  /** Whether its folder is the product's own, which nobody else may enter. */
  readonly isFolderOwn: boolean
  /** The new text, or undefined to leave the file as it is. Given undefined when there is no file. */
  change(text: string | undefined): string | undefined
}

/** The lock beside a file. It lies where drafts are made, so whoever may write the file may lock it. */
export function lockPathOf(target: string): string {
  return `${target}.lock`
}

/**
 * Changes a file; says whether it was written.
 *
 * @throws Failure `file_unusable` when the system refuses, `locked`, or what the change throws
 */
export async function changeFile(file: FileChange, world: StoreWorld): Promise<boolean> {
  try {
    await makeOwnFolder(dirname(file.path), file.isFolderOwn)
    const target = await followLinks(file.path)
    return await withLock(lockPathOf(target), world, async () => {
      const text = file.change(await readText(target))
      if (text === undefined) return false
      const mode = file.mode === 'secret' ? SECRET_MODE : 'keep'
      await writeAtomic(target, text, { mode, random: world.random })
      return true
    })
  } catch (error) {
    throw unusable(file.path, error)
  }
}

/**
 * Runs the work while no other process renews the credential in this file: of two that ask the server for a new secret at
 * once, the one that stores last could store the older.
 *
 * @throws Failure as `changeFile`
 */
export async function withRenewal<T>(
  path: string,
  world: StoreWorld,
  work: () => Promise<T>,
): Promise<T> {
  let isBegun = false
  try {
    return await withLock(renewalLockPathOf(await followLinks(path)), world, () => {
      isBegun = true
      return work()
    })
  } catch (error) {
    // Where no lock can be made, no credential can be stored either, so there is nothing to come between.
    const isClosed = ['EACCES', 'EPERM', 'EROFS'].includes(
      (error as NodeJS.ErrnoException).code ?? '',
    )
    if (isBegun || !isClosed) throw isBegun ? error : unusable(path, error)
  }
  return work()
}

/** The lock of a renewal. Others may read and write meanwhile, for as long as the server takes. */
export function renewalLockPathOf(target: string): string {
  return `${target}.renewal.lock`
}

/** Proves that a file could be written: its lock lies where its draft would. @throws Failure as `changeFile` */
export async function probeFile(
  file: Pick<FileChange, 'path' | 'isFolderOwn'>,
  world: StoreWorld,
): Promise<void> {
  await changeFile({ ...file, mode: 'secret', change: () => undefined }, world)
}

/** The text of a file; undefined when there is none. @throws Failure `file_unusable` */
export async function readStored(path: string): Promise<string | undefined> {
  return readText(path).catch((error: unknown) => {
    throw unusable(path, error)
  })
}

/** As the SDK reads: a pipe would never end, and what is larger than settings are is some other file. */
async function readText(path: string): Promise<string | undefined> {
  const stats = await stat(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined
    throw error
  })
  if (stats === undefined) return undefined
  const isOther = !stats.isFile() && !stats.isDirectory()
  if (isOther) throw Object.assign(new Error('not a file'), { code: 'NOT_A_FILE' })
  if (stats.size > FILE_BYTES_MAX) throw Object.assign(new Error('large'), { code: 'TOO_LARGE' })
  return readFile(path, 'utf8')
}

const REASONS: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  EROFS: 'the file system is read-only',
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk quota is used up',
  EFBIG: 'it may not become so large',
  EISDIR: 'it is a folder',
  ENOTDIR: 'a folder above it is a file',
  ENOENT: 'its folder is not there, and cannot be made',
  ELOOP: 'it is a circle of symbolic links',
  NOT_A_FILE: 'it is no regular file',
  TOO_LARGE: 'settings are small, and it is not',
}

function unusable(path: string, error: unknown): unknown {
  const code = (error as NodeJS.ErrnoException).code ?? ''
  const reason = REASONS[code]
  if (error instanceof Failure || reason === undefined) return error
  return new Failure('file_unusable', `${path} cannot be used: ${reason}.`, {
    hint: 'Correct that, or name another folder in the _CONFIG_DIR variable.',
    cause: error,
  })
}
