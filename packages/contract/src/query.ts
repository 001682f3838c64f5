import { z } from 'zod'

/** For routes that take no query: a parameter that does nothing would be a mistake nobody sees. */
export const noQuerySchema = z.strictObject({})
