// One store for each database. SQLite itself would let two processes write in turn, but each would miss the other's
// events until it reads them. The lock is an open transaction on a tiny second database: the kernel frees it when the
// process dies, however it dies.

import { DatabaseSync } from 'node:sqlite'
import { StoreRefused } from '../../refused.ts'
import { isBusy, translateError } from './errors.ts'
import { makePrivate } from './file.ts'

/**
 * Takes the lock and holds it until it is closed.
 * @throws StoreRefused `database_in_use`
 */
export function holdLock(lockPath: string): DatabaseSync {
  let lock: DatabaseSync | undefined
  try {
    makePrivate(lockPath)
    lock = new DatabaseSync(lockPath, { timeout: 0 })
    // A reserved lock and no exclusive one: an exclusive one waits for readers, and of two that begin at once each would
    // be the other's reader, so that both were refused.
    lock.exec('begin immediate')
    return lock
  } catch (error) {
    lock?.close()
    if (!isBusy(error)) throw translateError(error)
    throw new StoreRefused(
      'database_in_use',
      'This database is in use: another process, or another store in this one, has it open.',
      'Stop the other process, or give this one a database of its own.',
    )
  }
}
