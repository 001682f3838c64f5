/**
 * One writer at a time, across processes: a folder is the lock, because making one succeeds for one process only. It
 * says who holds it, so the lock of a process that was killed is taken away instead of waited for.
 */
import { mkdir, readFile, rm, rmdir, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Failure } from '../output/failure.ts'
import type { World } from '../world/world.ts'

const POLL_MS = 25
const WAIT_MAX_MS = 10_000
/** A lock whose holder did not get to write its name, or is on another machine, is dead after this. */
const NAMELESS_MAX_MS = 2000
const FOREIGN_MAX_MS = 300_000

export type LockWorld = Pick<
  World,
  'hostName' | 'processId' | 'now' | 'wait' | 'isRunning' | 'interrupted'
>

interface Holder {
  readonly processId: number
  readonly hostName: string
}

/**
 * Runs the work while this process alone holds the lock at `path` (a folder that is made and taken away again).
 *
 * @throws Failure `locked` when another process holds it for longer than ten seconds
 */
export async function withLock<T>(
  path: string,
  world: LockWorld,
  work: () => Promise<T>,
): Promise<T> {
  await takeLock(path, world)
  try {
    return await work()
  } finally {
    await rm(path, { recursive: true, force: true })
  }
}

/** Whether a lock is there whose holder is gone. */
export async function isStale(path: string, world: LockWorld): Promise<boolean> {
  const madeAt = await madeAtOf(path)
  if (madeAt === undefined) return false
  const holder = await holderOf(path)
  const age = world.now() - madeAt
  if (holder === undefined) return age > NAMELESS_MAX_MS
  if (holder.hostName !== world.hostName) return age > FOREIGN_MAX_MS
  return !world.isRunning(holder.processId)
}

async function takeLock(path: string, world: LockWorld): Promise<void> {
  const until = world.now() + WAIT_MAX_MS
  while (!(await tryLock(path, world))) {
    if (await isStale(path, world)) await takeAway(path, world)
    else if (world.now() > until) throw await lockedFailure(path)
    else await world.wait(POLL_MS, world.interrupted)
  }
}

async function tryLock(path: string, world: LockWorld): Promise<boolean> {
  if (!(await tryFolder(path))) return false
  const holder: Holder = { processId: world.processId, hostName: world.hostName }
  try {
    await writeFile(holderPath(path), JSON.stringify(holder), { mode: 0o600 })
  } catch (error) {
    // On a full disk a folder can still be made, and nobody would hold it.
    await rm(path, { recursive: true, force: true })
    throw error
  }
  return true
}

/**
 * Takes a dead lock away under a second one and looks again first: between a look and a removal somebody else may have
 * done the same and be at work by now.
 */
async function takeAway(path: string, world: LockWorld): Promise<void> {
  const turn = `${path}.turn`
  if (!(await tryFolder(turn))) {
    const madeAt = await madeAtOf(turn)
    if (madeAt !== undefined && world.now() - madeAt > NAMELESS_MAX_MS)
      await rmdir(turn).catch(gone)
    else await world.wait(POLL_MS, world.interrupted)
    return
  }
  try {
    if (await isStale(path, world)) await rm(path, { recursive: true, force: true })
  } finally {
    await rmdir(turn).catch(gone)
  }
}

async function tryFolder(path: string): Promise<boolean> {
  try {
    await mkdir(path, { mode: 0o700 })
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  }
}

async function holderOf(path: string): Promise<Holder | undefined> {
  const text = await readFile(holderPath(path), 'utf8').catch(gone)
  const [, processId, hostName] = /^\{"processId":(\d+),"hostName":"(.*)"\}$/.exec(text ?? '') ?? []
  if (processId === undefined || hostName === undefined) return undefined
  return { processId: Number(processId), hostName }
}

async function madeAtOf(path: string): Promise<number | undefined> {
  return (await stat(path).catch(gone))?.mtimeMs
}

async function lockedFailure(path: string): Promise<Failure> {
  const holder = await holderOf(path)
  const who = holder === undefined ? 'another process' : `process ${holder.processId}`
  return new Failure('locked', `The credentials are being changed by ${who}.`, {
    hint: `Try again; if nothing is running, remove the folder ${path}.`,
  })
}

function holderPath(path: string): string {
  return join(path, 'holder.json')
}

function gone(error: NodeJS.ErrnoException): undefined {
  if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return undefined
  throw error
}
