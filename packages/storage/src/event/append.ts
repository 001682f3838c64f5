import type { KeyEvent, NewEvent } from '@keywright/core'
import { topOf } from '../query/below.ts'
import { prepare } from '../query/prepare.ts'
import type { Database, EventRow } from '../schema/tables.ts'

// The row's lock makes the order of numbers the order of commits; a rollback gives the number back.
const advanceHead = prepare((db) =>
  db
    .updateTable('feed_head')
    .set((column) => ({ seq: column('seq', '+', 1) }))
    .returning(['epoch', 'seq']),
)

const insertEvent = prepare((db, row: EventRow) =>
  db.insertInto('events').values({
    seq: row.seq,
    type: row.type,
    at: row.at,
    actor: row.actor,
    key_id: row.key_id,
    resource: row.resource,
    top_resource: row.top_resource,
    mode: row.mode,
    data: row.data,
    person: row.person,
  }),
)

/** Numbers and writes an event in the caller's transaction. */
export async function appendEvent(db: Database, event: NewEvent): Promise<KeyEvent> {
  const [head] = await advanceHead(db, {})
  if (head === undefined) throw new TypeError('The database has no feed head.')
  const { type, at, actor, keyId, resource, mode } = event
  const top_resource = topOf(resource)
  const data = JSON.stringify(event.data)
  await insertEvent(db, {
    seq: head.seq,
    type,
    at,
    actor,
    key_id: keyId,
    resource,
    top_resource,
    mode,
    data,
    person: event.person ?? null,
  })
  return { ...event, epoch: head.epoch, seq: head.seq }
}
