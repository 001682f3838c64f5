// Organizations on the wire. As a resource each is `organizations/{id}`.

import { z } from 'zod'
import {
  cursorSchema,
  idSchema,
  instantSchema,
  labelSchema,
  limitSchema,
  pageOf,
  slugSchema,
} from './field.ts'

/** An organization as those see it who are in it. */
export const organizationSchema = z
  .strictObject({
    id: z.string(),
    slug: z.string(),
    name: z.string(),
    created_at: instantSchema,
  })
  .meta({ id: 'Organization' })

/** In the order of their ids. */
export const organizationPageSchema = pageOf(organizationSchema)

export const organizationPathSchema = z.strictObject({ id: idSchema })

export const createOrganizationBodySchema = z.strictObject({ slug: slugSchema, name: labelSchema })

export const changeOrganizationBodySchema = z.strictObject({
  slug: slugSchema.optional(),
  name: labelSchema.optional(),
})

export const listOrganizationsQuerySchema = z.strictObject({
  cursor: cursorSchema.optional(),
  limit: limitSchema.optional(),
})
