// Opens SQLite with the settings that make a commit durable and a crash harmless: a write-ahead log that is synced at
// each commit, one writer, one reader that only sees what has committed, no memory mapping (a bad pointer must not
// reach the file) and a schema that cannot run code.

import { DatabaseSync } from 'node:sqlite'
import { Kysely } from 'kysely'
import { StoreUnavailable } from '@keywright/core'
import { StoreRefused } from '../../refused.ts'
import type { Tables } from '../../schema/tables.ts'
import type { Backend, Lend } from '../backend.ts'
import { sqliteColumnTypes } from './column-types.ts'
import { SqliteConnection } from './connection.ts'
import { nodeSqliteDialect } from './dialect.ts'
import { isDamage, translateError } from './errors.ts'
import { lockPathOf, prepareFile } from './file.ts'
import { Health } from './health.ts'
import { holdLock } from './lock.ts'
import { presenceCheck } from './presence.ts'
import { refuseOldSqlite } from './version.ts'

export interface SqliteOptions {
  /** A file, or `:memory:`. */
  readonly path: string
  /** How long a statement waits for another program's lock. Default 2,000. */
  readonly busyTimeoutMs?: number
}

/** @throws StoreRefused, StoreUnavailable */
export function openSqlite({ path, busyTimeoutMs = 2000 }: SqliteOptions): Backend {
  refuseOldSqlite(sqliteVersion())
  const isMemory = path === ':memory:'
  const file = isMemory ? { path, warnings: [] } : prepareFile(path)
  const lockPath = lockPathOf(file.path)
  const handles: DatabaseSync[] = isMemory ? [] : [holdLock(lockPath)]
  const health = new Health()
  const closeHandles = (): void => {
    health.end(new StoreUnavailable('The store is closed.', { isFatal: true }))
    for (const handle of handles.toReversed()) if (handle.isOpen) handle.close()
  }
  const connect = (isReadOnly: boolean): DatabaseSync => {
    const options = { timeout: busyTimeoutMs, readOnly: isReadOnly, defensive: true }
    const handle = new DatabaseSync(file.path, options)
    handles.push(handle)
    handle.exec(SETTINGS)
    return handle
  }
  try {
    const writer = connect(false)
    refuseDamage(writer)
    const connection = new SqliteConnection(writer, health)
    const writerDb = kyselyOver(connection)
    return {
      columnTypes: sqliteColumnTypes,
      warnings: file.warnings,
      writer: writerDb,
      borrowWriter: (lend) => kyselyOver(connection, lend),
      openReader: () => {
        if (isMemory) return writerDb
        return translating(() => {
          enableLog(writer)
          return kyselyOver(new SqliteConnection(connect(true), health))
        })
      },
      assertPresent: isMemory ? () => {} : presenceCheck([file.path, lockPath], health),
      flush: () => {
        if (health.isOver || isMemory) return
        translating(() => writer.exec('pragma wal_checkpoint(truncate)'))
      },
      close: closeHandles,
    }
  } catch (error) {
    closeHandles()
    throw isDamage(error) ? damaged() : translateError(error)
  }
}

function translating<Result>(work: () => Result): Result {
  try {
    return work()
  } catch (error) {
    throw translateError(error)
  }
}

function sqliteVersion(): string {
  const database = new DatabaseSync(':memory:')
  const row = database.prepare('select sqlite_version() as version').get()
  database.close()
  return String(row?.['version'])
}

const SETTINGS = `
  pragma synchronous = full;
  pragma foreign_keys = on;
  pragma trusted_schema = off;
  pragma mmap_size = 0;
  pragma temp_store = memory;
  pragma cache_size = -16000;
`

function kyselyOver<Shape = Tables>(connection: SqliteConnection, lend?: Lend): Kysely<Shape> {
  return new Kysely({ dialect: nodeSqliteDialect(connection, lend) })
}

function enableLog(writer: DatabaseSync): void {
  const mode = writer.prepare('pragma journal_mode = wal').get()?.['journal_mode']
  if (mode !== 'wal') {
    throw new StoreUnavailable('The file system of the database allows no write-ahead log.')
  }
}

function refuseDamage(writer: DatabaseSync): void {
  const found = writer.prepare('pragma quick_check(1)').get()?.['quick_check']
  if (found !== 'ok') throw damaged()
}

function damaged(): StoreRefused {
  return new StoreRefused(
    'database_damaged',
    'The database file is damaged or is no SQLite database.',
    'Keep it aside and restore the latest backup.',
  )
}
