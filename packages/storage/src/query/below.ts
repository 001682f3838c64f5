// "This resource and everything below" in SQL. Below a top resource it is an equality, deeper down a range of names,
// never LIKE: `%` and `_` have no meaning in it. `0` is the byte after `/`, so the names from `r/` up to `r0` are
// exactly those that begin with `r/`. The two answers are the same set by another road: every list must be able to
// walk its own order and stop at its limit, because a long statement holds up all verdicts of the process.

import { withAncestors } from '@keywright/core'
import { sql } from 'kysely'
import type { RawBuilder, SqlBool } from 'kysely'

/** The topmost resource above a resource, or itself. */
export function topOf(resource: string): string {
  return withAncestors(resource).at(-1) ?? resource
}

/** True when all that lies below it is found by `top_resource`. */
export function isTop(resource: string): boolean {
  return topOf(resource) === resource
}

/** True for rows whose column names the resource or something below it. */
export function isBelow(
  column: 'keys.resource' | 'events.resource',
  resource: string,
): RawBuilder<SqlBool> {
  const name = sql.ref(column)
  return sql<SqlBool>`(${name} = ${resource} or (${name} >= ${`${resource}/`} and ${name} < ${`${resource}0`}))`
}
