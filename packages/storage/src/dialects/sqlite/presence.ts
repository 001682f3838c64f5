// SQLite goes on writing to a file that was deleted or replaced, and everything it then acknowledges is gone at the
// next start. So each transaction first looks whether the opened file is still the one at its path.

import { statSync } from 'node:fs'
import { StoreUnavailable } from '@keywright/core'
import type { Health } from './health.ts'

/** @returns a check that ends `health`, and throws StoreUnavailable, when the file is not in its place any more */
export function presenceCheck(path: string, health: Health): () => void {
  const opened = statSync(path)
  return () => {
    health.assert()
    const found = statSync(path, { throwIfNoEntry: false })
    if (found !== undefined && found.ino === opened.ino && found.dev === opened.dev) return
    health.end(
      new StoreUnavailable('The database file was moved, deleted or replaced.', { isFatal: true }),
    )
    health.assert()
  }
}
