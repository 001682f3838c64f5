import { z } from 'zod'
import { idSchema, instantSchema, labelSchema } from './field.ts'

/** A person as they see themself. */
export const personSchema = z
  .strictObject({
    id: z.string(),
    name: z.string(),
    email: z.string().nullable(),
    email_verified: z.boolean(),
    created_at: instantSchema,
  })
  .meta({ id: 'Person' })

export const personPathSchema = z.strictObject({ id: idSchema })

export const renamePersonBodySchema = z.strictObject({ name: labelSchema })
