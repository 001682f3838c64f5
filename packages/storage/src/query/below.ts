// "This resource and everything below" as a range of names, never LIKE: `%` and `_` have no meaning in it.
// `0` is the byte after `/`, so the names from `r/` up to `r0` are exactly those that begin with `r/`.

import { sql } from 'kysely'
import type { RawBuilder, SqlBool } from 'kysely'

type ResourceColumn = 'keys.resource' | 'events.resource'

/** True for rows that the resource covers. */
export function isBelow(column: ResourceColumn, resource: string): RawBuilder<SqlBool> {
  const name = sql.ref(column)
  return sql<SqlBool>`(${name} = ${resource} or (${name} >= ${`${resource}/`} and ${name} < ${`${resource}0`}))`
}
