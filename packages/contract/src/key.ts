// Keys on the wire. No answer has a digest, and the secret, `key`, is in the first answer to mint and rotate only.

import { z } from 'zod'
import {
  cursorSchema,
  instantSchema,
  kindSchema,
  limitSchema,
  metadataSchema,
  modeSchema,
  pageOf,
  resourceSchema,
  scopeSchema,
  secondsSchema,
} from './field.ts'

const keyFields = {
  id: z.string(),
  start: z.string().meta({ description: 'The beginning of the secret, for display only' }),
  kind: z.string(),
  holder: z.string(),
  resource: z.string(),
  mode: z.string().nullable(),
  scopes: z.array(z.string()),
  name: z.string().nullable(),
  metadata: metadataSchema.nullable(),
  parent_id: z.string().nullable(),
  created_at: instantSchema,
  created_by: z.string(),
  expires_at: instantSchema.nullable(),
  revoked_at: instantSchema.nullable(),
  revoked_by: z.string().nullable(),
  rotated_at: instantSchema.nullable(),
  last_used_at: instantSchema.nullable(),
}

const secretField = z.string().meta({ description: 'The secret, shown here only' })
const replayedField = z.literal(true).meta({ description: 'The request was made before' })

/** A key as its owner sees it. */
export const keySchema = z.strictObject(keyFields).meta({ id: 'Key' })

// What `verify` would answer, in one word. A list and a verdict never disagree about it.
const standingSchema = z.enum(['live', 'revoked', 'expired', 'disabled', 'ended', 'roleless'])

/** A key as it is looked at: with whether it counts. */
export const seenKeySchema = z
  .strictObject({
    ...keyFields,
    standing: standingSchema.meta({
      description:
        'Whether the key counts: what stands above it is looked at too. revoked, expired: it or a key above it; disabled, ended: its resource, one above or its person; roleless: its person has no role there',
    }),
    because_of: z.string().nullable().meta({
      description:
        'The key above or the resource that the standing follows from; null where it is its own or not yours to see',
    }),
  })
  .meta({ id: 'SeenKey' })

/** A filter that fits few keys can leave a page short or empty: the end is a `next_cursor` of null. */
export const keyPageSchema = pageOf(seenKeySchema)

export const mintBodySchema = z.strictObject({
  kind: kindSchema,
  resource: resourceSchema,
  name: z.string().optional(),
  scopes: z.array(scopeSchema).max(1000).optional(),
  mode: modeSchema.optional(),
  expires_in: secondsSchema.optional(),
  metadata: metadataSchema.optional(),
})

/** 201: the key with its secret. */
export const mintedSchema = z.strictObject({ ...keyFields, key: secretField })

/** 200: a repeat of the same request; the secret was in the first answer. */
export const mintReplaySchema = z.strictObject({ ...keyFields, replayed: replayedField })

export const listKeysQuerySchema = z.strictObject({
  resource: resourceSchema.optional(),
  kind: kindSchema.optional(),
  standing: standingSchema.optional(),
  cursor: cursorSchema.optional(),
  limit: limitSchema.optional(),
})

export const narrowBodySchema = z.strictObject({
  name: z.string().nullable().optional(),
  metadata: metadataSchema.nullable().optional(),
  scopes: z.array(scopeSchema).max(1000).optional(),
  expires_in: secondsSchema.optional(),
})

/** The body may be left out. */
export const rotateBodySchema = z.strictObject({ overlap: secondsSchema.optional() }).optional()

const previousField = instantSchema.meta({ description: 'When the earlier secret stops counting' })

const rotatedSchema = z.strictObject({
  ...keyFields,
  key: secretField,
  previous_ends_at: previousField,
})

const rotateReplaySchema = z.strictObject({
  ...keyFields,
  previous_ends_at: previousField,
  replayed: replayedField,
})

/** 200: the key with its new secret, or the repeat of the same request without it. */
export const rotateAnswerSchema = z.union([rotatedSchema, rotateReplaySchema])

/** RFC draft-ietf-httpapi-idempotency-key-header: visible ASCII, chosen by the caller. */
export const idempotencyKeySchema = z.string().regex(/^[\x21-\x7e]{1,255}$/)
