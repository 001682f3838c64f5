import type { z } from 'zod'
import type { pickupSchema } from '@keywright/contract'
import type { Pickup } from '@keywright/core'
import { instant } from '@keywright/core'
import { instantOrNull } from './key-view.ts'

/** A pick-up as the wire shows it. */
export function pickupView(pickup: Pickup): z.output<typeof pickupSchema> {
  const { request, bound } = pickup
  return {
    id: pickup.id,
    kind: request.kind,
    holder: bound.holder,
    resource: bound.resource,
    mode: bound.mode,
    name: request.name ?? null,
    created_at: instant(pickup.createdAt),
    created_by: pickup.createdBy,
    expires_at: instant(pickup.expiresAt),
    redeemed_at: instantOrNull(pickup.redeemedAt),
    revoked_at: instantOrNull(pickup.revokedAt),
    key_id: pickup.keyId,
  }
}
