import type { Kysely } from 'kysely'
import type { ColumnTypes } from '../schema/column-types.ts'
import type { Database } from '../schema/tables.ts'

/** Runs work while nobody else uses the writer. */
export type Lend = (work: () => Promise<void>) => Promise<void>

/** What a dialect gives the store: where to write, where to read, and an end. */
export interface Backend {
  readonly columnTypes: ColumnTypes
  /** What the operator should know about the place of the database. */
  readonly warnings: readonly string[]
  readonly writer: Database
  /** A second handle on the writer's connection, which has it only while it is lent. */
  borrowWriter(lend: Lend): Kysely<unknown>
  /** Called once, when the database is known to be ours. Reads see committed data only. */
  openReader(): Database
  /** Before each transaction: @throws StoreUnavailable when nothing written now would last. */
  assertPresent(): void
  /** Brings what is committed to its final place, before a planned end. */
  flush(): void
  /** Frees everything at once; every later statement fails with StoreUnavailable. */
  close(): void
}
