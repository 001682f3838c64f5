// The store over any dialect: writers take turns, and the events of a commit are published before the next writer
// begins, so listeners hear of changes in the order in which they committed. `work` must use the handle it is given:
// waiting inside it for the store's own reads or another transaction would be waiting for itself.

import type { KeyEvent, Reads, Store, Writes } from '@keywright/core'
import type { Kysely } from 'kysely'
import type { Backend } from '../dialects/backend.ts'
import { feedHead } from '../event/head.ts'
import type { Database } from '../schema/tables.ts'
import { readsOver } from './reads.ts'
import { Subscribers } from './subscribers.ts'
import { Turns } from './turns.ts'
import { writesOver } from './writes.ts'

/** A store, and the handle of accounts, whose statements and transactions wait for their turn like other writers. */
interface CreatedStore extends Store {
  readonly accounts: Kysely<unknown>
}

export function createStore(backend: Backend, reader: Database): CreatedStore {
  const turns = new Turns()
  const subscribers = new Subscribers()
  const reads: Reads = readsOver(reader)
  let closing: Promise<void> | undefined

  async function runTransaction<Result>(
    work: (writes: Writes) => Promise<Result>,
  ): Promise<Result> {
    backend.assertPresent()
    const appended: KeyEvent[] = []
    const result = await backend.writer
      .transaction()
      .execute((transaction) => work(writesOver(transaction, appended)))
    subscribers.publish(appended)
    return result
  }

  // The writer's own lock is held as well: in memory it is the reader too.
  const accounts = backend.borrowWriter((work) =>
    turns.take(() => {
      backend.assertPresent()
      return backend.writer.connection().execute(work)
    }),
  )

  return {
    reads,
    accounts,
    transact: (work) => turns.take(() => runTransaction(work)),
    subscribe: (listener) => subscribers.add(listener),
    check: async () => {
      backend.assertPresent()
      await feedHead(reader)
    },
    close: () => {
      closing ??= turns.take(() => closeBackend(backend, reader))
      return closing
    },
  }
}

// Kysely lends the reader's connection to one caller at a time: whoever reads now is finished when we have it.
async function closeBackend(backend: Backend, reader: Database): Promise<void> {
  await reader.connection().execute(async () => {
    try {
      backend.flush()
    } finally {
      backend.close()
    }
  })
}
