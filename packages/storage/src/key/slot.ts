// A slot is the place that a live key of a `single` kind takes. It is given back by revoking and, when the key has
// expired, by the next mint.

import type { Key } from '@keywright/core'
import { prepare } from '../query/prepare.ts'
import type { Database } from '../schema/tables.ts'
import { toKey } from './row.ts'

const selectBySlot = prepare((db, { slot }: { slot: string }) =>
  db.selectFrom('keys').selectAll().where('slot', '=', slot),
)

const updateSlot = prepare((db, { slot }: { slot: string }) =>
  db.updateTable('keys').set({ slot: null }).where('slot', '=', slot),
)

export async function findBySlot(db: Database, slot: string): Promise<Key | undefined> {
  const [row] = await selectBySlot(db, { slot })
  return row && toKey(row)
}

export async function clearSlot(db: Database, slot: string): Promise<void> {
  await updateSlot(db, { slot })
}
