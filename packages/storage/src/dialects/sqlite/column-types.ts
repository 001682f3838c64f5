import { sql } from 'kysely'
import type { ColumnTypes } from '../../schema/column-types.ts'

/** STRICT tables refuse a value of the wrong type; SQLite compares text byte by byte unless told otherwise. */
export const sqliteColumnTypes: ColumnTypes = {
  text: 'text',
  integer: 'integer',
  tableEnd: sql`strict`,
  keyedTableEnd: sql`strict, without rowid`,
}
