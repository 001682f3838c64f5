import type { UsageDelta } from '@keywright/core'
import { prepare } from '../query/prepare.ts'
import type { Database, UsageDayRow } from '../schema/tables.ts'

type NewDay = Omit<UsageDayRow, 'top_resource'>

// Reported use of a key that this database does not have, as after a restore, is nobody's and is left out.
const upsertDay = prepare((db, row: NewDay) =>
  db
    .insertInto('usage_days')
    .columns(['day', 'key_id', 'top_resource', 'allowed', 'refused', 'units'])
    .expression((keys) =>
      keys
        .selectFrom('keys')
        .select((column) => [
          column.val(row.day).as('day'),
          'id',
          'top_resource',
          column.val(row.allowed).as('allowed'),
          column.val(row.refused).as('refused'),
          column.val(row.units).as('units'),
        ])
        .where('id', '=', row.key_id),
    )
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
