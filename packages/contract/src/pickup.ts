// Pick-ups on the wire. The code is in the answer that makes one and nowhere else, and goes back in a body, never in a
// URL.

import { z } from 'zod'
import {
  cursorSchema,
  idSchema,
  instantSchema,
  limitSchema,
  pageOf,
  secondsSchema,
} from './field.ts'
import { mintBodySchema } from './key.ts'

const pickupFields = {
  id: z.string(),
  kind: z.string(),
  holder: z.string(),
  resource: z.string(),
  mode: z.string().nullable(),
  name: z.string().nullable(),
  created_at: instantSchema,
  created_by: z.string(),
  expires_at: instantSchema.meta({ description: 'When the code ends; the key has its own end' }),
  redeemed_at: instantSchema.nullable(),
  revoked_at: instantSchema.nullable(),
  key_id: z.string().nullable().meta({ description: 'The key that redeeming made' }),
}

/** A key that waits to be picked up, as its sender sees it. */
export const pickupSchema = z.strictObject(pickupFields).meta({ id: 'Pickup' })

/** Those that wait, newest first. */
export const pickupPageSchema = pageOf(pickupSchema)

/** What minting the key takes, and how long the code lives. */
export const createPickupBodySchema = mintBodySchema.extend({
  pickup_expires_in: secondsSchema.optional(),
})

/** 201: the pick-up with its code. */
export const createdPickupSchema = z.strictObject({
  ...pickupFields,
  pickup_code: z
    .string()
    .meta({ description: 'Shown here only', examples: ['WDJB-MJHT-QXNC-LSRZ'] }),
})

/** 200: a repeat of the same request; the code was in the first answer. */
export const createPickupReplaySchema = z.strictObject({
  ...pickupFields,
  replayed: z.literal(true).meta({ description: 'The request was made before' }),
})

export const listPickupsQuerySchema = z.strictObject({
  cursor: cursorSchema.optional(),
  limit: limitSchema.optional(),
})

export const pickupPathSchema = z.strictObject({ id: idSchema })

export const redeemPickupBodySchema = z.strictObject({
  pickup_code: z.string().max(512).meta({ description: 'In any case, with or without hyphens' }),
  device_name: z
    .string()
    .max(512)
    .optional()
    .meta({ description: 'user@host; the name of the key where its sender gave none' }),
  client_id: z.string().max(512).optional().meta({
    description: 'The program, where people log in with it: its logout then ends the key',
  }),
})
