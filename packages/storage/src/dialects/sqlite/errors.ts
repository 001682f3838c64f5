// SQLite's result codes in our words. Texts come from this table and from the names of tables and columns, never
// from a statement's values. https://sqlite.org/rescode.html

import { StoreUnavailable } from '@keywright/core'
import { UniqueViolation } from '../../query/unique-violation.ts'

const UNAVAILABLE: ReadonlyMap<number, string> = new Map([
  [5, 'The database is locked by another program (SQLITE_BUSY).'],
  [6, 'The database is locked (SQLITE_LOCKED).'],
  [7, 'The database is out of memory (SQLITE_NOMEM).'],
  [8, 'The database is read-only (SQLITE_READONLY).'],
  [10, 'Reading or writing the database failed (SQLITE_IOERR).'],
  [11, 'The database is damaged (SQLITE_CORRUPT).'],
  [13, 'The disk is full (SQLITE_FULL).'],
  [14, 'The database file cannot be opened (SQLITE_CANTOPEN).'],
  [15, 'The database could not be locked (SQLITE_PROTOCOL).'],
  [26, 'The file is not a database (SQLITE_NOTADB).'],
])

/** A write or fsync that failed, damage, a file that was moved away: trying again cannot help. */
const FATAL: ReadonlySet<number> = new Set([
  11, // CORRUPT
  26, // NOTADB
  778, // IOERR_WRITE
  1034, // IOERR_FSYNC
  1290, // IOERR_DIR_FSYNC
  1546, // IOERR_TRUNCATE
  8202, // IOERR_DATA
  1032, // READONLY_DBMOVED
])

const CONSTRAINT_UNIQUE = 2067
const CONSTRAINT_PRIMARYKEY = 1555

/** What a failed call is for the caller. Errors that say nothing about the database itself stay as they are. */
export function translateError(error: unknown): unknown {
  const code = resultCode(error)
  if (code === undefined) return error
  if (code === CONSTRAINT_UNIQUE || code === CONSTRAINT_PRIMARYKEY) {
    return new UniqueViolation(columnsOf((error as Error).message), { cause: error })
  }
  const reason = UNAVAILABLE.get(code & 0xff)
  if (reason === undefined) return error
  const isFatal = FATAL.has(code) || FATAL.has(code & 0xff)
  return new StoreUnavailable(reason, { cause: error, isFatal })
}

/** SQLite's extended result code, if the error is one of SQLite's. */
function resultCode(error: unknown): number | undefined {
  if (!(error instanceof Error) || !('errcode' in error)) return undefined
  return typeof error.errcode === 'number' ? error.errcode : undefined
}

/** True when the file's content is not that of a sound database. */
export function isDamage(error: unknown): boolean {
  const code = resultCode(error)
  return code !== undefined && ((code & 0xff) === 11 || (code & 0xff) === 26)
}

/** True when somebody else holds the lock. */
export function isBusy(error: unknown): boolean {
  const code = resultCode(error)
  return code !== undefined && ((code & 0xff) === 5 || (code & 0xff) === 6)
}

// `UNIQUE constraint failed: keys.slot`, several columns with commas between them.
function columnsOf(message: string): readonly string[] {
  const [, columns = ''] = message.split('failed: ')
  return columns.split(', ')
}
