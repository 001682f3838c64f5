import type { z } from 'zod'
import type { keySchema, seenKeySchema } from '@keywright/contract'
import type { Key, SeenKey } from '@keywright/core'
import { instant } from '@keywright/core'

/** A key as the wire shows it. */
export function keyView(key: Key): z.output<typeof keySchema> {
  return {
    id: key.id,
    start: key.start,
    kind: key.kind,
    holder: key.holder,
    resource: key.resource,
    mode: key.mode,
    scopes: [...key.scopes],
    name: key.name,
    metadata: key.metadata,
    parent_id: key.parentId,
    created_at: instant(key.createdAt),
    created_by: key.createdBy,
    expires_at: instantOrNull(key.expiresAt),
    revoked_at: instantOrNull(key.revokedAt),
    revoked_by: key.revokedBy,
    rotated_at: instantOrNull(key.rotatedAt),
    last_used_at: instantOrNull(key.lastUsedAt),
  }
}

/** The same with how it stands. */
export function seenKeyView(key: SeenKey): z.output<typeof seenKeySchema> {
  return { ...keyView(key), standing: key.standing, because_of: key.becauseOf }
}

/** A time that may be absent, as the wire shows it. */
export function instantOrNull(epochMs: number | null): string | null {
  return epochMs === null ? null : instant(epochMs)
}
