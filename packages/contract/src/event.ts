import { z } from 'zod'
import { cursorSchema, instantSchema, limitSchema, pageOf, resourceSchema } from './field.ts'

const eventTypeSchema = z.enum([
  'key.minted',
  'key.narrowed',
  'key.rotated',
  'key.revoked',
  'resource.disabled',
  'resource.enabled',
  'resource.ended',
  'person.added',
  'person.changed',
  'identity.joined',
  'issuer.not_before',
  'membership.granted',
  'membership.changed',
  'membership.removed',
  'organization.created',
  'organization.changed',
  'invitation.created',
  'invitation.accepted',
  'invitation.revoked',
  'login.claimed',
  'login.approved',
  'login.denied',
  'login.completed',
  'login.replayed',
  'pickup.created',
  'pickup.redeemed',
  'pickup.refused',
  'pickup.replayed',
  'pickup.revoked',
  'device_login.allowed',
  'device_login.forbidden',
])

/** One row of the feed, which is the audit log too. */
export const eventSchema = z.strictObject({
  epoch: z.string(),
  seq: z.int(),
  type: eventTypeSchema,
  at: instantSchema,
  actor: z.string(),
  key_id: z.string().nullable(),
  resource: z.string(),
  mode: z.string().nullable(),
  data: z.record(z.string(), z.unknown()),
})

/** Oldest first. */
export const eventPageSchema = pageOf(eventSchema)

export const listEventsQuerySchema = z.strictObject({
  resource: resourceSchema.optional(),
  key_id: z.string().max(64).optional(),
  type: eventTypeSchema.optional(),
  cursor: cursorSchema.optional(),
  limit: limitSchema.optional(),
})
