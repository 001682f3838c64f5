import type { EventQuery, EventType, KeyEvent } from '@keywright/core'
import { isBelow, isTop } from '../query/below.ts'
import type { Database } from '../schema/tables.ts'

/**
 * Oldest first. The epoch is the present one for all: a restored database takes its past along, and a listener that
 * knows another epoch starts anew.
 */
export async function listEvents(db: Database, query: EventQuery): Promise<KeyEvent[]> {
  const { resource, mode, keyId, person, type, after, limit } = query
  let select = db
    .selectFrom('events')
    .innerJoin('feed_head', (join) => join.onTrue())
    .selectAll('events')
    .select('feed_head.epoch')
    .where('events.seq', '>', after)
    .orderBy('events.seq')
    .limit(limit)
  if (resource !== null && keyId !== undefined) {
    // Of one key there are few events, found by its own index; its resource is only compared.
    select = select.where(isBelow('events.resource', resource))
  } else if (resource !== null && isTop(resource)) {
    select = select.where('events.top_resource', '=', resource)
  } else if (resource !== null) {
    select = select.where('events.seq', 'in', (events) =>
      events.selectFrom('events').select('seq').where(isBelow('events.resource', resource)),
    )
  }
  if (keyId !== undefined) select = select.where('events.key_id', '=', keyId)
  if (person !== undefined) select = select.where('events.person', '=', person)
  if (type !== undefined) select = select.where('events.type', '=', type)
  if (mode === null) select = select.where('events.mode', 'is', null)
  if (typeof mode === 'string') {
    select = select.where((where) =>
      where.or([where('events.mode', 'is', null), where('events.mode', '=', mode)]),
    )
  }
  const rows = await select.execute()
  return rows.map((row) => ({
    epoch: row.epoch,
    seq: row.seq,
    type: row.type as EventType,
    at: row.at,
    actor: row.actor,
    keyId: row.key_id,
    resource: row.resource,
    mode: row.mode,
    ...(row.person === null ? {} : { person: row.person }),
    data: JSON.parse(row.data) as Readonly<Record<string, unknown>>,
  }))
}
