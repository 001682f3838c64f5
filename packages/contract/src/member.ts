// Roles on the wire. A membership has no id of its own: the person and the resource name it.

import { z } from 'zod'
import {
  cursorSchema,
  idSchema,
  instantSchema,
  limitSchema,
  pageOf,
  resourceSchema,
  roleSchema,
} from './field.ts'

const membershipFields = {
  person_id: z.string(),
  resource: z.string(),
  role: z.string(),
  granted_at: instantSchema,
  granted_by: z.string(),
}

/** A person's role at a resource: it counts there and below. */
export const membershipSchema = z.strictObject(membershipFields).meta({ id: 'Membership' })

/** The same with who it is. */
export const memberSchema = z
  .strictObject({ ...membershipFields, name: z.string(), email: z.string().nullable() })
  .meta({ id: 'Member' })

/** In the order of people's ids. */
export const memberPageSchema = pageOf(memberSchema)

export const listMembersQuerySchema = z.strictObject({
  resource: resourceSchema,
  cursor: cursorSchema.optional(),
  limit: limitSchema.optional(),
})

export const grantMemberBodySchema = z.strictObject({
  person_id: idSchema,
  resource: resourceSchema,
  role: roleSchema,
})

export const memberPathSchema = z.strictObject({ person_id: idSchema })

export const changeMemberBodySchema = z.strictObject({ resource: resourceSchema, role: roleSchema })

export const removeMemberQuerySchema = z.strictObject({ resource: resourceSchema })
