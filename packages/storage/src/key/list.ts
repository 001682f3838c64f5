import type { Key, KeyPage, KeyQuery } from '@keywright/core'
import type { SelectQueryBuilder } from 'kysely'
import { sql } from 'kysely'
import { isBelow, isTop } from '../query/below.ts'
import { inSnapshot } from '../query/snapshot.ts'
import type { Database, KeyRow, Tables } from '../schema/tables.ts'
import { toKey } from './row.ts'

type Select = SelectQueryBuilder<Tables, 'keys', KeyRow>

/** Newest first: ids begin with their time, so their order is that of age. */
export async function listKeys(db: Database, query: KeyQuery): Promise<Key[]> {
  const select = filtered(placed(db, query), query).limit(query.limit)
  return (await select.execute()).map(toKey)
}

/**
 * The same, but no more rows are looked at than `visitMax`, whether they fit or not: one statement holds up all others
 * of the process, and a filter that fits almost nothing would read all keys of an organization.
 */
export function pageKeys(db: Database, query: KeyQuery, visitMax: number): Promise<KeyPage> {
  return inSnapshot(db, async (snapshot) => {
    const visited = placed(snapshot, query)
    const window = visited.limit(visitMax).as('keys')
    const select = filtered(snapshot.selectFrom(window).selectAll().orderBy('id', 'desc'), query)
    const rows = await select.limit(query.limit).execute()
    const keys = rows.map(toKey)
    if (rows.length >= query.limit) return { keys, visitedTo: null }
    const last = await visited
      .limit(1)
      .offset(visitMax - 1)
      .executeTakeFirst()
    return { keys, visitedTo: last?.id ?? null }
  })
}

/** Where the keys are and in which order: what an index answers. */
function placed(db: Database, { resource, holder, name, idPrefix, before }: KeyQuery): Select {
  let select = db.selectFrom('keys').selectAll().orderBy('id', 'desc')
  if (resource !== null && isTop(resource)) select = select.where('top_resource', '=', resource)
  if (resource !== null && !isTop(resource)) {
    select = select.where('id', 'in', (keys) =>
      keys.selectFrom('keys').select('id').where(isBelow('keys.resource', resource)),
    )
  }
  if (holder !== undefined) select = select.where('holder', '=', holder)
  // A name with its holder has an index of its own, and what begins like an id is a few neighbours.
  if (holder !== undefined && name === undefined && idPrefix === undefined) {
    // A key is bound to its holder or, held by a person, elsewhere; of each sort there is an index.
    select = select.where('id', 'in', (keys) =>
      keys
        .selectFrom('keys')
        .select('id')
        .where('resource', '=', holder)
        .unionAll(
          keys
            .selectFrom('keys')
            .select('id')
            .where(sql<boolean>`holder = ${holder} and holder <> resource`),
        ),
    )
  }
  if (name !== undefined) select = select.where('name', '=', name)
  if (idPrefix !== undefined) {
    select = select.where('id', '>=', idPrefix).where('id', '<', `${idPrefix}~`)
  }
  return before === undefined ? select : select.where('id', '<', before)
}

/** What has to be looked at in each row. */
function filtered(all: Select, { mode, kind, standing, now }: KeyQuery): Select {
  let select = all
  if (mode !== undefined) select = select.where('mode', mode === null ? 'is' : '=', mode)
  if (kind !== undefined) select = select.where('kind', '=', kind)
  if (standing === 'revoked') select = select.where('revoked_at', 'is not', null)
  if (standing === 'live') {
    select = select
      .where('revoked_at', 'is', null)
      .where((where) => where.or([where('expires_at', 'is', null), where('expires_at', '>', now)]))
  }
  if (standing === 'expired') {
    select = select.where('revoked_at', 'is', null).where('expires_at', '<=', now)
  }
  return select
}
