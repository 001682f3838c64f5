import type { NewKey } from '@keywright/core'
import { topOf } from '../query/below.ts'
import { prepare } from '../query/prepare.ts'
import { UniqueViolation } from '../query/unique-violation.ts'
import type { Database, KeyRow, SecretRow } from '../schema/tables.ts'
import { fromMetadata } from './row.ts'

/** Two live keys wanted one slot. The domain looks before it writes, so this is the database's last word only. */
export class SlotTaken extends Error {
  readonly code = 'slot_taken'

  constructor(options: { cause: unknown }) {
    super('Another live key has this slot.', options)
    this.name = 'SlotTaken'
  }
}

type NewRow = Omit<KeyRow, 'revoked_at' | 'revoked_by' | 'rotated_at' | 'last_used_at'>

const insertRow = prepare((db, row: NewRow) =>
  db.insertInto('keys').values({
    id: row.id,
    kind: row.kind,
    holder: row.holder,
    resource: row.resource,
    top_resource: row.top_resource,
    mode: row.mode,
    scopes: row.scopes,
    name: row.name,
    metadata: row.metadata,
    start: row.start,
    parent_id: row.parent_id,
    created_at: row.created_at,
    created_by: row.created_by,
    expires_at: row.expires_at,
    revoked_at: null,
    revoked_by: null,
    rotated_at: null,
    last_used_at: null,
    slot: row.slot,
  }),
)

/** Writes a current secret. */
export const insertSecret = prepare((db, row: Omit<SecretRow, 'ends_at'>) =>
  db.insertInto('secrets').values({
    digest: row.digest,
    key_id: row.key_id,
    start: row.start,
    created_at: row.created_at,
    ends_at: null,
  }),
)

/** @throws SlotTaken */
export async function insertKey(db: Database, { key, digest, slot }: NewKey): Promise<void> {
  const { id, kind, holder, resource, mode, name, start } = key
  const row: NewRow = {
    id,
    kind,
    holder,
    resource,
    mode,
    name,
    start,
    slot,
    top_resource: topOf(resource),
    scopes: JSON.stringify(key.scopes),
    metadata: fromMetadata(key.metadata),
    parent_id: key.parentId,
    created_at: key.createdAt,
    created_by: key.createdBy,
    expires_at: key.expiresAt,
  }
  try {
    await insertRow(db, row)
  } catch (error) {
    const isSlot = error instanceof UniqueViolation && error.columns.includes('keys.slot')
    throw isSlot ? new SlotTaken({ cause: error }) : error
  }
  await insertSecret(db, { digest, key_id: id, start, created_at: key.createdAt })
}
