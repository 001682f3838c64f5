import type { UsageQuery, UsageRow } from '@keywright/core'
import { isBelow, isTop, topOf } from '../query/below.ts'
import type { Database } from '../schema/tables.ts'

/** In the order (day, key id), with what its key says of kind, resource and mode. */
export async function listUsage(db: Database, query: UsageQuery): Promise<UsageRow[]> {
  const { resource, mode, keyId, from, to, after, limit } = query
  let select = db
    .selectFrom('usage_days')
    .innerJoin('keys', 'keys.id', 'usage_days.key_id')
    .select(['usage_days.key_id as keyId', 'keys.kind', 'keys.resource', 'keys.mode'])
    .select(['usage_days.day', 'usage_days.allowed', 'usage_days.refused', 'usage_days.units'])
    .where('usage_days.day', '>=', from)
    .where('usage_days.day', '<=', to)
    .orderBy('usage_days.day')
    .orderBy('usage_days.key_id')
    .limit(limit)
  if (resource !== null) select = select.where('usage_days.top_resource', '=', topOf(resource))
  if (resource !== null && !isTop(resource)) {
    select = select.where(isBelow('keys.resource', resource))
  }
  if (mode !== undefined) select = select.where('keys.mode', mode === null ? 'is' : '=', mode)
  if (keyId !== undefined) select = select.where('usage_days.key_id', '=', keyId)
  if (after !== undefined) {
    select = select.where((where) =>
      where.or([
        where('usage_days.day', '>', after.day),
        where.and([
          where('usage_days.day', '=', after.day),
          where('usage_days.key_id', '>', after.keyId),
        ]),
      ]),
    )
  }
  const rows = await select.execute()
  return rows.map((row) => ({ ...row }))
}
