/** A row would have repeated another one's unique columns, given as `table.column`. */
export class UniqueViolation extends Error {
  readonly columns: readonly string[]

  constructor(columns: readonly string[], options: { cause: unknown }) {
    super(`There is already a row with the same ${columns.join(', ')}.`, options)
    this.name = 'UniqueViolation'
    this.columns = columns
  }
}
