import { z } from 'zod'
import { cursorSchema, daySchema, instantSchema, limitSchema, resourceSchema } from './field.ts'

/** Use of one key on one day (UTC). */
const usageRowSchema = z.strictObject({
  key_id: z.string(),
  kind: z.string(),
  resource: z.string(),
  mode: z.string().nullable(),
  day: daySchema,
  allowed: z.int(),
  refused: z.int(),
  units: z.int(),
})

const quotaSchema = z.strictObject({
  name: z.string(),
  subject: z
    .string()
    .meta({ description: "The key's id, or the resource whose keys share the quota" }),
  mode: z.string().nullable(),
  period: z.string().meta({ examples: ['2026-11'] }),
  limit: z.int(),
  used: z.int(),
  remaining: z.int(),
  period_ends_at: instantSchema,
})

export const usageAnswerSchema = z.strictObject({
  data: z.array(usageRowSchema),
  next_cursor: z.string().nullable(),
  quotas: z.array(quotaSchema),
})

/** Days are inclusive; by default the current month. */
export const readUsageQuerySchema = z.strictObject({
  from: daySchema.optional(),
  to: daySchema.optional(),
  key_id: z.string().max(64).optional(),
  resource: resourceSchema.optional(),
  cursor: cursorSchema.optional(),
  limit: limitSchema.optional(),
})
