// A query that is built and compiled once and then runs with other values. Building costs Kysely more than SQLite
// needs to answer, so the queries on the hot paths are prepared. The build sees a placeholder for each named value;
// it may hand the values to Kysely and nothing else.

import type { Compilable, CompiledQuery } from 'kysely'
import type { Database } from '../schema/tables.ts'

type Values = Readonly<Record<string, string | number | null>>

class Placeholder {
  readonly name: string

  constructor(name: string) {
    this.name = name
  }

  [Symbol.toPrimitive](): never {
    throw new TypeError(`The value '${this.name}' is not known while its query is built.`)
  }
}

interface Prepared {
  readonly query: CompiledQuery
  readonly parameters: readonly unknown[]
}

/** @returns a function that runs the query and resolves to its rows */
export function prepare<Args extends object, Row>(
  build: (db: Database, args: Args) => Compilable<Row>,
): (db: Database, args: Args) => Promise<Row[]> {
  // Every connection of a dialect has the same adapter, so a query is compiled once for each dialect.
  const compiled = new WeakMap<object, Prepared>()
  return async (db, args) => {
    const { adapter } = db.getExecutor()
    let prepared = compiled.get(adapter)
    if (prepared === undefined) {
      const query = build(db, placeholders<Args>()).compile()
      prepared = { query, parameters: query.parameters }
      compiled.set(adapter, prepared)
    }
    const parameters = prepared.parameters.map((parameter) =>
      parameter instanceof Placeholder ? valueOf(args as Values, parameter.name) : parameter,
    )
    const { rows } = await db.executeQuery({ ...prepared.query, parameters })
    return rows as Row[]
  }
}

function placeholders<Args extends object>(): Args {
  return new Proxy({} as Args, { get: (_, name) => new Placeholder(String(name)) })
}

function valueOf(args: Values, name: string): string | number | null {
  const value = args[name]
  if (value === undefined) throw new TypeError(`The query needs a value '${name}'.`)
  return value
}
