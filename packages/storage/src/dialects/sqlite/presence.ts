// SQLite goes on writing to a file that was deleted or replaced, and everything it then acknowledges is gone at the
// next start. So each transaction first looks whether the opened file is still the one at its path. The lock's file is
// looked at too: without it another process could open the database, and neither would hear of the other's revocations.

import { statSync } from 'node:fs'
import { StoreUnavailable } from '@keywright/core'
import type { Health } from './health.ts'

/** @returns a check that ends `health`, and throws StoreUnavailable, when a file is not in its place any more */
export function presenceCheck(paths: readonly string[], health: Health): () => void {
  const opened = paths.map((path) => ({ path, ...idOf(path) }))
  return () => {
    health.assert()
    const isGone = opened.some(({ path, ino, dev }) => {
      const found = idOf(path)
      return found.ino !== ino || found.dev !== dev
    })
    if (!isGone) return
    health.end(
      new StoreUnavailable('The database file was moved, deleted or replaced.', { isFatal: true }),
    )
    health.assert()
  }
}

function idOf(path: string): { readonly ino: number; readonly dev: number } {
  const { ino, dev } = statSync(path, { throwIfNoEntry: false }) ?? { ino: -1, dev: -1 }
  return { ino, dev }
}
