// Fields that several bodies share. What only the definition or the database can judge (does the scope exist, is the
// resource known) is left to the domain, which answers with its own code; here is what no request may ever look like.

import { z } from 'zod'

const TEXT_LENGTH_MAX = 512

/** RFC 3339 in UTC, to the second: `2026-11-21T05:00:00Z`. */
export const instantSchema = z
  .string()
  .regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/)
  .meta({ description: 'RFC 3339, UTC, to the second', examples: ['2026-11-21T05:00:00Z'] })

/** A day in UTC that exists: `2026-11-21`. */
export const daySchema = z.iso.date().meta({ description: 'A day in UTC' })

/** Whole seconds. */
export const secondsSchema = z.int().meta({ description: 'Whole seconds' })

export const resourceSchema = z
  .string()
  .max(TEXT_LENGTH_MAX)
  .meta({ description: 'A resource name', examples: ['organizations/org_1/agents/agt_7'] })

export const scopeSchema = z
  .string()
  .max(TEXT_LENGTH_MAX)
  .meta({ description: 'noun:verb', examples: ['agents:write'] })

export const modeSchema = z.string().max(TEXT_LENGTH_MAX)

export const kindSchema = z.string().max(TEXT_LENGTH_MAX)

/** The id of a person, organization or invitation. Text of any other form is an id that does not exist. */
export const idSchema = z.string().max(TEXT_LENGTH_MAX)

export const slugSchema = z
  .string()
  .max(TEXT_LENGTH_MAX)
  .meta({
    description: '1 to 63 lower-case letters, digits and inner hyphens',
    examples: ['methodic-labs'],
  })

/** What a person or an organization is called. */
export const labelSchema = z.string().max(TEXT_LENGTH_MAX)

export const roleSchema = z.string().max(TEXT_LENGTH_MAX)

export const emailSchema = z.string().max(TEXT_LENGTH_MAX)

/** The id in a path. Text of any other form is an id that does not exist, so it is not refused here. */
export const keyPathSchema = z.strictObject({ id: z.string() })

export const metadataSchema = z.record(z.string(), z.string())

/** An opaque place in a list. */
export const cursorSchema = z
  .string()
  .min(1)
  .max(TEXT_LENGTH_MAX)
  .regex(/^[A-Za-z0-9_-]+$/)

/** Rows of one page. */
export const limitSchema = z.preprocess(
  (text) => (typeof text === 'string' && /^[1-9]\d{0,2}$/.test(text) ? Number(text) : text),
  z.int({ error: 'Expected a whole number from 1 to 100' }).min(1).max(100),
)

/** How one limit stands. */
export const limitStateSchema = z.strictObject({
  name: z.string(),
  limit: z.int(),
  remaining: z.int(),
  reset_seconds: secondsSchema,
  window_seconds: secondsSchema,
})

/** A page of a list; `next_cursor` is null on the last one. */
export function pageOf<Row extends z.ZodType>(row: Row) {
  return z.strictObject({ data: z.array(row), next_cursor: z.string().nullable() })
}
