// The decision on the wire, and the questions that are answered with it.

import { z } from 'zod'
import {
  instantSchema,
  limitStateSchema,
  metadataSchema,
  modeSchema,
  resourceSchema,
  scopeSchema,
} from './field.ts'
import type { ProblemCode } from './problem.ts'

/** Most requests in one batch. */
export const BATCH_MAX = 100

/** Highest cost of one call. */
export const COST_MAX = 1_000_000

export const refusalCodes = [
  'missing_credential',
  'malformed_credential',
  'conflicting_credentials',
  'credential_in_url',
  'invalid_key',
  'key_revoked',
  'key_expired',
  'key_rotated',
  'invalid_token',
  'token_expired',
  'unknown_issuer',
  'unknown_identity',
  'token_revoked',
  'session_ended',
  'resource_disabled',
  'resource_ended',
  'wrong_mode',
  'insufficient_scope',
  'outside_resource',
  'rate_limited',
  'quota_exhausted',
  'unavailable',
] as const satisfies readonly ProblemCode[]

/** The collection that people are in, and what stands for a kind where somebody has no key. */
const PEOPLE = 'users'

const keyPrincipalSchema = z.strictObject({
  type: z.literal('key'),
  key_id: z.string(),
  kind: z.string(),
  holder: z.string(),
  resource: z.string(),
  mode: z.string().nullable(),
  scopes: z.array(z.string()),
  expires_at: instantSchema.nullable(),
  metadata: metadataSchema.nullable(),
})

const personFields = {
  key_id: z.null(),
  kind: z.literal(PEOPLE),
  holder: z.string(),
  resource: z.string(),
  mode: z.null(),
  scopes: z.array(z.string()),
  expires_at: instantSchema,
  metadata: z.null(),
}

const tokenPrincipalSchema = z.strictObject({
  type: z.literal('token'),
  ...personFields,
  issuer: z.string(),
  subject: z.string(),
})

const sessionPrincipalSchema = z.strictObject({
  type: z.literal('session'),
  ...personFields,
  session_id: z.string(),
  authenticated_at: instantSchema,
})

/** Who a credential acts as: the holder of a key, or a person by a JWT or a session. */
export const principalSchema = z
  .discriminatedUnion('type', [keyPrincipalSchema, tokenPrincipalSchema, sessionPrincipalSchema])
  .meta({ id: 'Principal' })

const allowedSchema = z.strictObject({
  allowed: z.literal(true),
  code: z.literal('allowed'),
  principal: principalSchema,
  limit: limitStateSchema.optional(),
})

const refusedSchema = z.strictObject({
  allowed: z.literal(false),
  code: z.enum(refusalCodes),
  status: z.int().meta({ description: 'What the resource server should answer' }),
  detail: z.string(),
  key_id: z.string().optional(),
  retry_after: z.int().optional(),
  scope: z.string().optional(),
  limit: limitStateSchema.optional(),
})

/** The verdict about one credential. */
export const decisionSchema = z
  .discriminatedUnion('allowed', [allowedSchema, refusedSchema])
  .meta({ id: 'Decision' })

export const askFields = {
  scope: scopeSchema.optional(),
  resource: resourceSchema.optional(),
  mode: modeSchema.optional(),
}

export const verifyBodySchema = z.strictObject({
  credential: z.string(),
  ...askFields,
  cost: z.int().min(0).max(COST_MAX).optional(),
  request_id: z.string().min(1).max(255).optional(),
})

export const verifyBatchBodySchema = z.strictObject({
  requests: z.array(verifyBodySchema).min(1).max(BATCH_MAX),
})

/** Decisions in the order of the requests. */
export const verifyBatchAnswerSchema = z.strictObject({ decisions: z.array(decisionSchema) })

/** What a proxy asks about every request of one route. */
export const forwardAuthQuerySchema = z.strictObject(askFields)
