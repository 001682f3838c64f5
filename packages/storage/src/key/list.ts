import type { GroundedKey, Key, KeyLook, KeyPage, KeyQuery } from '@keywright/core'
import type { SelectQueryBuilder } from 'kysely'
import { sql } from 'kysely'
import { isBelow, isTop } from '../query/below.ts'
import { inSnapshot } from '../query/snapshot.ts'
import type { Database, KeyRow, Tables } from '../schema/tables.ts'
import { groundsOf } from './ground.ts'
import { toKey } from './row.ts'

type Select = SelectQueryBuilder<Tables, 'keys', KeyRow>

/** Keys whose line and resources one page looks up after its first rows: a few milliseconds. */
const WEIGHED_MAX = 500

/** Newest first: ids begin with their time, so their order is that of age. */
export async function listKeys(db: Database, query: KeyQuery): Promise<Key[]> {
  const select = filtered(placed(db, query), query).limit(query.limit)
  return (await select.execute()).map(toKey)
}

/**
 * The same, but no more rows are looked at than `visitMax`, whether they fit or not: one statement holds up all others
 * of the process, and a filter that fits almost nothing would read all keys of an organization.
 */
export function pageKeys(
  db: Database,
  query: KeyQuery,
  { visitMax, fits }: KeyLook,
): Promise<KeyPage> {
  const { limit } = query
  return inSnapshot(db, async (snapshot) => {
    const visited = placed(snapshot, query)
    const window = visited.limit(visitMax).as('keys')
    const select = filtered(snapshot.selectFrom(window).selectAll().orderBy('id', 'desc'), query)
    const rows = await select.limit(limit).execute()
    const keys = (await grounded(snapshot, rows)).filter(fits)
    // Most often the first rows are the page; where some do not fit, more of the window are looked at together.
    if (keys.length < limit && rows.length === limit) {
      const others = await select.limit(WEIGHED_MAX).offset(limit).execute()
      keys.push(...(await grounded(snapshot, others)).filter(fits).slice(0, limit - keys.length))
      const lastWeighed = others[WEIGHED_MAX - 1]
      if (keys.length < limit && lastWeighed !== undefined)
        return { keys, visitedTo: lastWeighed.id }
    }
    if (keys.length >= limit) return { keys, visitedTo: null }
    const last = await visited
      .limit(1)
      .offset(visitMax - 1)
      .executeTakeFirst()
    return { keys, visitedTo: last?.id ?? null }
  })
}

async function grounded(db: Database, rows: readonly KeyRow[]): Promise<GroundedKey[]> {
  const grounds = await groundsOf(db, rows)
  return grounds.map((ground, index) => ({ key: toKey(rows[index] as KeyRow), ground }))
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
  if (standing === undefined) return select
  // A key with one above it can be revoked and expired by that one.
  if (standing === 'revoked') {
    return select.where((where) =>
      where.or([where('revoked_at', 'is not', null), where('parent_id', 'is not', null)]),
    )
  }
  select = select.where('revoked_at', 'is', null)
  if (standing === 'live') {
    return select.where((where) =>
      where.or([where('expires_at', 'is', null), where('expires_at', '>', now)]),
    )
  }
  if (standing !== 'expired') return select
  // An end counts from the beginning of its second.
  return select.where((where) =>
    where.or([where('expires_at', '<', now + 1000), where('parent_id', 'is not', null)]),
  )
}
