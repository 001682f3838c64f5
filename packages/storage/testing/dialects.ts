// The databases that the behavioural suite runs over. Another one is one line in `dialects`.

import { join } from 'node:path'
import type { OpenedStore } from '../src/index.ts'
import { openStore } from '../src/index.ts'
import { sequentialIds, testRootKey } from './builders.ts'
import { temporaryFolder } from './temporary-folder.ts'

export interface TestStore {
  readonly store: OpenedStore
  /** Closes the store and removes what it left. */
  dispose(): Promise<void>
}

export interface StoreDialect {
  readonly name: string
  /** Whether reads go on while a transaction is open, over a connection of their own. */
  readonly readsBesideWrites: boolean
  open(): Promise<TestStore>
}

const sqliteFile: StoreDialect = {
  name: 'a SQLite file',
  readsBesideWrites: true,
  open: async () => {
    const folder = temporaryFolder()
    const store = await openTestStore(join(folder.path, 'keywright.db'))
    return {
      store,
      dispose: async () => {
        await store.close()
        folder.remove()
      },
    }
  },
}

const sqliteMemory: StoreDialect = {
  name: 'SQLite in memory',
  readsBesideWrites: false,
  open: async () => {
    const store = await openTestStore(':memory:')
    return { store, dispose: () => store.close() }
  },
}

export const dialects: readonly StoreDialect[] = [sqliteFile, sqliteMemory]

function openTestStore(path: string): Promise<OpenedStore> {
  return openStore({ path, rootKey: testRootKey, randomId: sequentialIds() })
}
