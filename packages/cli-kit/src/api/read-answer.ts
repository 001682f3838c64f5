/** Reads fields of answers whose shape the product decides: unknown until looked at. */

export type Fields = Readonly<Record<string, unknown>>

export function fieldsOf(value: unknown): Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Fields)
    : {}
}

/** The first of the names that is a text which is not empty. */
export function textOf(fields: Fields, ...names: readonly string[]): string | undefined {
  for (const name of names) {
    const value = fields[name]
    if (typeof value === 'string' && value !== '') return value
  }
  return undefined
}

/** Rows of a list: the answer itself, or its `data`. */
export function rowsOf(answer: unknown): readonly Fields[] {
  const { data } = fieldsOf(answer)
  const rows = Array.isArray(answer) ? answer : Array.isArray(data) ? data : []
  return rows.map(fieldsOf)
}
