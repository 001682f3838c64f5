import type { UsageDelta } from '@keywright/core'
import { prepare } from '../query/prepare.ts'
import type { Database, UsageDayRow } from '../schema/tables.ts'

const upsertDay = prepare((db, row: UsageDayRow) =>
  db
    .insertInto('usage_days')
    .values({
      day: row.day,
      key_id: row.key_id,
      allowed: row.allowed,
      refused: row.refused,
      units: row.units,
    })
    .onConflict((conflict) =>
      conflict.columns(['day', 'key_id']).doUpdateSet((column) => ({
        allowed: column('usage_days.allowed', '+', column.ref('excluded.allowed')),
        refused: column('usage_days.refused', '+', column.ref('excluded.refused')),
        units: column('usage_days.units', '+', column.ref('excluded.units')),
      })),
    ),
)

// Several processes report in any order: the stamp only ever moves forward.
const updateLastUsed = prepare((db, { id, at }: { id: string; at: number }) =>
  db
    .updateTable('keys')
    .set({ last_used_at: at })
    .where('id', '=', id)
    .where((where) =>
      where.or([where('last_used_at', 'is', null), where('last_used_at', '<', at)]),
    ),
)

export async function addUsage(db: Database, deltas: readonly UsageDelta[]): Promise<void> {
  for (const { keyId, day, allowed, refused, units, lastUsedAt } of deltas) {
    if (allowed + refused + units > 0) {
      await upsertDay(db, { day, key_id: keyId, allowed, refused, units })
    }
    if (lastUsedAt > 0) await updateLastUsed(db, { id: keyId, at: lastUsedAt })
  }
}
