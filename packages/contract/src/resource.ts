import { z } from 'zod'
import { resourceSchema } from './field.ts'

export const resourceBodySchema = z.strictObject({ resource: resourceSchema })

export const resourceStateSchema = z.strictObject({
  resource: z.string(),
  state: z.enum(['standing', 'disabled', 'ended']),
})
