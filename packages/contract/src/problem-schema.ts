import { z } from 'zod'
import type { ProblemCode } from './problem.ts'
import { PROBLEMS } from './problem.ts'

const codes = Object.keys(PROBLEMS) as [ProblemCode, ...ProblemCode[]]

/** The body of every error answer: RFC 9457 with our extension members. */
export const problemSchema = z
  .strictObject({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    code: z.enum(codes),
    request_id: z.string().optional(),
    retry_after: z.int().optional(),
    scope: z.string().optional(),
    errors: z.array(z.strictObject({ field: z.string(), detail: z.string() })).optional(),
  })
  .meta({ id: 'Problem', description: 'A problem (RFC 9457)' })
