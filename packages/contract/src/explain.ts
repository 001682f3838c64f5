// Why a key is allowed or refused, told to who owns it.

import { z } from 'zod'
import { askFields, refusalCodes } from './decision.ts'
import { idSchema } from './field.ts'

export const explainBodySchema = z
  .strictObject({
    key_id: idSchema.optional().meta({ description: 'Explains the current secret of this key' }),
    credential: z.string().optional().meta({ description: 'Explains this secret' }),
    ...askFields,
  })
  .refine(({ key_id, credential }) => (key_id === undefined) !== (credential === undefined), {
    error: 'Give key_id or credential, one of the two',
  })

const TERMS = ['genuine', 'standing', 'mode', 'scope', 'resource', 'role', 'limits'] as const

const explainedTermSchema = z.strictObject({
  term: z.enum(TERMS),
  verdict: z.enum(['holds', 'fails', 'not_asked']),
  code: z.enum(refusalCodes).optional(),
  detail: z.string().optional().meta({ description: 'What happened, where it fails' }),
  fix: z.string().optional().meta({ description: 'What would mend it' }),
})

/** The code is that of the first term that fails. */
export const explanationSchema = z
  .strictObject({
    key_id: z.string().nullable(),
    allowed: z.boolean(),
    code: z.enum(['allowed', ...refusalCodes]),
    terms: z.array(explainedTermSchema),
  })
  .meta({ id: 'Explanation' })
