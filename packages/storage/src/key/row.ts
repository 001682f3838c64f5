// Between a row of `keys` and the domain's key. A row that does not read back as it was written is a fault, not a
// key without scopes: JSON.parse throws.

import type { Key, Metadata } from '@keywright/core'
import type { KeyRow } from '../schema/tables.ts'

export function toKey(row: KeyRow): Key {
  return {
    id: row.id,
    kind: row.kind,
    holder: row.holder,
    resource: row.resource,
    mode: row.mode,
    scopes: toScopes(row.scopes),
    name: row.name,
    metadata: toMetadata(row.metadata),
    start: row.start,
    parentId: row.parent_id,
    createdAt: row.created_at,
    createdBy: row.created_by,
    expiresAt: row.expires_at,
    revokedAt: row.revoked_at,
    revokedBy: row.revoked_by,
    rotatedAt: row.rotated_at,
    lastUsedAt: row.last_used_at,
  }
}

export function toScopes(text: string): readonly string[] {
  return JSON.parse(text) as readonly string[]
}

export function toMetadata(text: string | null): Metadata | null {
  return text === null ? null : (JSON.parse(text) as Metadata)
}

export function fromMetadata(metadata: Metadata | null): string | null {
  return metadata === null ? null : JSON.stringify(metadata)
}
