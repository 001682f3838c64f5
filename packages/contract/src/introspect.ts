// Token introspection (RFC 7662) for resource servers that know no Keywright.

import { z } from 'zod'

/** Section 2.1. The hint is taken and not needed: one look-up finds every sort of credential. */
export const introspectBodySchema = z.strictObject({
  token: z.string().min(1),
  token_type_hint: z.string().optional(),
})

const inactiveSchema = z.strictObject({ active: z.literal(false) })

const activeSchema = z.strictObject({
  active: z.literal(true),
  scope: z.string(),
  client_id: z.string().optional(),
  sub: z.string(),
  iss: z.string().optional(),
  token_type: z.literal('Bearer'),
  exp: z.int().optional(),
  iat: z.int().optional(),
  resource: z.string(),
  kind: z.string(),
  mode: z.string().optional(),
})

/** Section 2.2: an inactive token says nothing but that. */
export const introspectionSchema = z.discriminatedUnion('active', [activeSchema, inactiveSchema])
