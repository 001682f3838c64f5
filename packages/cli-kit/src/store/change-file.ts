/** Read, change and write of one file as one step that no other process can come between. */
import { readFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { type LockWorld, withLock } from '../files/lock.ts'
import { followLinks, makeOwnFolder, SECRET_MODE, writeAtomic } from '../files/write-atomic.ts'
import { Failure } from '../output/failure.ts'
import type { World } from '../world/world.ts'

export type StoreWorld = LockWorld & Pick<World, 'random'>

export interface FileChange {
  readonly path: string
  /** `keep` leaves the mode of a file that exists; `secret` sets it to owner only. */
  readonly mode: 'secret' | 'keep'
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
    await makeOwnFolder(dirname(file.path))
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

/** Proves that a file could be written: its lock lies where its draft would. @throws Failure as `changeFile` */
export async function probeFile(path: string, world: StoreWorld): Promise<void> {
  await changeFile({ path, mode: 'secret', change: () => undefined }, world)
}

/** The text of a file; undefined when there is none. @throws Failure `file_unusable` */
export async function readStored(path: string): Promise<string | undefined> {
  return readText(path).catch((error: unknown) => {
    throw unusable(path, error)
  })
}

async function readText(path: string): Promise<string | undefined> {
  return readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined
    throw error
  })
}

const REASONS: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  EROFS: 'the file system is read-only',
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk quota is used up',
  EISDIR: 'it is a folder',
  ENOTDIR: 'a folder above it is a file',
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
