import { prepare } from '../query/prepare.ts'
import type { Database } from '../schema/tables.ts'

const selectHead = prepare((db) => db.selectFrom('feed_head').select(['epoch', 'seq']))

/** The latest event's number and the history it counts in. */
export async function feedHead(
  db: Database,
): Promise<{ readonly epoch: string; readonly seq: number }> {
  const [head] = await selectHead(db, {})
  if (head === undefined) throw new TypeError('The database has no feed head.')
  return { epoch: head.epoch, seq: head.seq }
}
