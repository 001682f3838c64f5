import type { Key } from '@keywright/core'
import { prepare } from '../query/prepare.ts'
import type { Database } from '../schema/tables.ts'
import { toKey } from './row.ts'

const selectKey = prepare((db, { id }: { id: string }) =>
  db.selectFrom('keys').selectAll().where('id', '=', id),
)

export async function getKey(db: Database, id: string): Promise<Key | undefined> {
  const [row] = await selectKey(db, { id })
  return row && toKey(row)
}
