import { z } from 'zod'

/** The process lives. */
export const healthSchema = z.strictObject({ status: z.literal('ok') })

/** It can decide: the database answers and the server is not draining. */
export const readinessSchema = z.strictObject({ status: z.literal('ready') })
