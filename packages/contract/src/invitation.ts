// Invitations on the wire. The token is in the answer that makes one and nowhere else: it belongs in the message to the
// invited address.

import { z } from 'zod'
import {
  cursorSchema,
  emailSchema,
  idSchema,
  instantSchema,
  limitSchema,
  pageOf,
  resourceSchema,
  roleSchema,
  secondsSchema,
} from './field.ts'

const invitationFields = {
  id: z.string(),
  resource: z.string(),
  role: z.string(),
  email: z.string(),
  created_at: instantSchema,
  created_by: z.string(),
  expires_at: instantSchema,
  accepted_at: instantSchema.nullable(),
  accepted_by: z.string().nullable(),
  revoked_at: instantSchema.nullable(),
}

export const invitationSchema = z.strictObject(invitationFields).meta({ id: 'Invitation' })

/** 201: the invitation with its token. */
export const invitedSchema = z.strictObject({
  ...invitationFields,
  token: z.string().meta({ description: 'What the invited person accepts with, shown here only' }),
})

/** Those that are open, newest first. */
export const invitationPageSchema = pageOf(invitationSchema)

export const createInvitationBodySchema = z.strictObject({
  resource: resourceSchema,
  role: roleSchema,
  email: emailSchema,
  expires_in: secondsSchema.optional(),
})

export const listInvitationsQuerySchema = z.strictObject({
  resource: resourceSchema,
  cursor: cursorSchema.optional(),
  limit: limitSchema.optional(),
})

export const invitationPathSchema = z.strictObject({ id: idSchema })

export const acceptInvitationBodySchema = z.strictObject({ token: z.string().max(512) })
