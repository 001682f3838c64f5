import type { Store } from '@keywright/core'
import type { Kysely } from 'kysely'
import type { Backend } from './dialects/backend.ts'
import { openSqlite } from './dialects/sqlite/open.ts'
import { allMigrations } from './migrations/all.ts'
import { rootKeyCheck } from './root-key/check.ts'
import { inspectDatabase } from './schema/inspect.ts'
import { migrate } from './schema/migrate.ts'
import { createStore } from './store/create.ts'

export interface OpenStoreOptions {
  /** The database file, made when it is missing, or `:memory:` for one that ends with the store. */
  readonly path: string
  /** 32 bytes. Only a value derived from it is stored, to know it again. */
  readonly rootKey: Uint8Array
  /** Names a new database's history; called once, when the database is made. */
  readonly randomId: () => string
  /** How long a write waits for another program's lock on the file. Default 2,000. */
  readonly busyTimeoutMs?: number
}

/** A store, and what its start found. */
export interface OpenedStore extends Store {
  /** True when this start made the database. */
  readonly isNew: boolean
  /**
   * For accounts, whose library brings its own statements. It has the connection of the store's writer while it is its
   * turn: a second connection would wait for a lock that this very thread holds. Work inside its transactions must not
   * wait for the store's, nor the reverse.
   */
  readonly accounts: Kysely<unknown>
  /** What the operator should know of the database's place; sentences without paths. */
  readonly warnings: readonly string[]
}

/**
 * Opens a database, making or updating its tables where needed.
 * @throws TypeError when the root key does not have 32 bytes
 * @throws StoreRefused when it must not be used; it is unchanged then
 * @throws StoreUnavailable when it cannot be read or written
 */
export async function openStore(options: OpenStoreOptions): Promise<OpenedStore> {
  const check = rootKeyCheck(options.rootKey)
  const backend = openSqlite(options)
  try {
    const migrations = allMigrations(backend.columnTypes)
    const { isNew } = await inspectDatabase(backend.writer, {
      migrations,
      rootKeyCheck: check,
    })
    const reader = backend.openReader()
    const seed = isNew ? { epoch: options.randomId(), rootKeyCheck: check } : undefined
    await migrate(backend.writer, { migrations, seed })
    return { ...createStore(backend, reader), isNew, warnings: backend.warnings }
  } catch (error) {
    closeAfter(backend)
    throw error
  }
}

// The first error says what is wrong; one of closing would hide it.
function closeAfter(backend: Backend): void {
  try {
    backend.close()
  } catch {
    return
  }
}
