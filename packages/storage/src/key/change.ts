import type { KeyChanges } from '@keywright/core'
import { prepare } from '../query/prepare.ts'
import type { Database, KeyRow } from '../schema/tables.ts'
import { fromMetadata } from './row.ts'

/** Writes what is named in `changes`; the rest stays. */
export async function changeKey(db: Database, id: string, changes: KeyChanges): Promise<void> {
  const { name, metadata, scopes, expiresAt } = changes
  const columns: Partial<KeyRow> = {
    ...(name !== undefined && { name }),
    ...(metadata !== undefined && { metadata: fromMetadata(metadata) }),
    ...(scopes !== undefined && { scopes: JSON.stringify(scopes) }),
    ...(expiresAt !== undefined && { expires_at: expiresAt }),
  }
  if (Object.keys(columns).length === 0) return
  await db.updateTable('keys').set(columns).where('id', '=', id).execute()
}

const updateRevoked = prepare((db, { id, at, by }: { id: string; at: number; by: string }) =>
  db
    .updateTable('keys')
    .set({ revoked_at: at, revoked_by: by, slot: null })
    .where('id', '=', id)
    .where('revoked_at', 'is', null),
)

/** The first revocation stays on record. */
export async function markRevoked(
  db: Database,
  id: string,
  revoked: { readonly at: number; readonly by: string },
): Promise<void> {
  await updateRevoked(db, { id, ...revoked })
}
