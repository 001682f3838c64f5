import type { Key, KeyQuery } from '@keywright/core'
import { isBelow, isTop } from '../query/below.ts'
import type { Database } from '../schema/tables.ts'
import { sql } from 'kysely'
import type { RawBuilder, SqlBool } from 'kysely'
import { toKey } from './row.ts'

/** Newest first: ids begin with their time, so their order is that of age. */
export async function listKeys(db: Database, query: KeyQuery): Promise<Key[]> {
  const { resource, holder, mode, kind, standing, now, before, limit } = query
  let select = db.selectFrom('keys').selectAll().orderBy('id', 'desc').limit(limit)
  if (resource !== null && isTop(resource)) select = select.where('top_resource', '=', resource)
  if (resource !== null && !isTop(resource)) {
    select = select.where('id', 'in', (keys) =>
      keys.selectFrom('keys').select('id').where(isBelow('keys.resource', resource)),
    )
  }
  if (holder !== undefined) {
    // A key is bound to its holder or, held by a person, elsewhere; of each sort there is an index.
    select = select.where('holder', '=', holder).where('id', 'in', (keys) =>
      keys
        .selectFrom('keys')
        .select('id')
        .where('resource', '=', holder)
        .unionAll(keys.selectFrom('keys').select('id').where(isHeldElsewhere(holder))),
    )
  }
  if (query.name !== undefined) select = select.where('name', '=', query.name)
  if (query.idPrefix !== undefined) {
    select = select.where('id', '>=', query.idPrefix).where('id', '<', `${query.idPrefix}~`)
  }
  if (mode !== undefined) select = select.where('mode', mode === null ? 'is' : '=', mode)
  if (kind !== undefined) select = select.where('kind', '=', kind)
  if (before !== undefined) select = select.where('id', '<', before)
  if (standing === 'revoked') select = select.where('revoked_at', 'is not', null)
  if (standing === 'live') {
    select = select
      .where('revoked_at', 'is', null)
      .where((where) => where.or([where('expires_at', 'is', null), where('expires_at', '>', now)]))
  }
  if (standing === 'expired') {
    select = select.where('revoked_at', 'is', null).where('expires_at', '<=', now)
  }
  const rows = await select.execute()
  return rows.map(toKey)
}

function isHeldElsewhere(holder: string): RawBuilder<SqlBool> {
  return sql<SqlBool>`holder = ${holder} and holder <> resource`
}
