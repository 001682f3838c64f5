import type { ColumnDataType, RawBuilder } from 'kysely'

/** What differs between databases in the one set of migrations. */
export interface ColumnTypes {
  /** Text that is compared byte by byte. */
  readonly text: ColumnDataType | RawBuilder<unknown>
  /** A whole number of 53 bits at least. */
  readonly integer: ColumnDataType | RawBuilder<unknown>
  /** End of CREATE TABLE for a table of wide rows or one with a numeric key. */
  readonly tableEnd: RawBuilder<unknown>
  /** The same for a table of small rows that are found by their textual key. */
  readonly keyedTableEnd: RawBuilder<unknown>
}
