// What every layout gives: maps of values with their lines, or why the file cannot be understood.

/** A value in a file. `text` is how a plain YAML scalar was written, so that an id of digits stays what it is. */
export interface Entry {
  readonly value: unknown
  readonly text: string | undefined
  readonly line: number | undefined
}

export type Entries = ReadonlyMap<string, Entry>

/** Why a file cannot be understood. The message never repeats the file's text: there are secrets in it. */
export interface Malformed {
  readonly ok: false
  readonly problem: string
  readonly fix: string
  readonly line: number | undefined
}

export type Parsed<Value> = { readonly ok: true; readonly value: Value } | Malformed

export function malformed(problem: string, fix: string, line?: number): Malformed {
  return { ok: false, problem, fix, line }
}
