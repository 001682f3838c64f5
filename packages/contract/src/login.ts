// Logins of programs: the OAuth endpoints (RFC 6749, 7009, 8414, 8628), whose parameters are forms and whose refusals
// have a form of their own, and the approval of devices from a signed-in terminal.

import { z } from 'zod'
import { instantSchema, secondsSchema } from './field.ts'

const textSchema = z.string().optional()

/** RFC 6749 section 4.1.3 and RFC 8628 section 3.4. Unknown parameters are ignored, as section 3.2 has it. */
export const tokenBodySchema = z.looseObject({
  grant_type: z.string(),
  client_id: z.string(),
  code: textSchema,
  redirect_uri: textSchema,
  code_verifier: textSchema,
  device_code: textSchema,
})

/** Section 5.1. There is no refresh token: the access token is a key. */
export const tokenAnswerSchema = z.strictObject({
  access_token: z.string(),
  token_type: z.literal('Bearer'),
  scope: z.string(),
  /** Left out for a key without an end. */
  expires_in: secondsSchema.optional(),
})

/** RFC 8628 section 3.1. */
export const deviceAuthorizationBodySchema = z.looseObject({
  client_id: z.string(),
  scope: textSchema,
  device_name: textSchema,
})

/** RFC 8628 section 3.2. */
export const deviceAuthorizationSchema = z.strictObject({
  device_code: z.string(),
  user_code: z.string(),
  verification_uri: z.string(),
  verification_uri_complete: z.string(),
  expires_in: secondsSchema,
  interval: secondsSchema,
})

/** RFC 7009 section 2.1. */
export const revokeTokenBodySchema = z.looseObject({
  client_id: z.string(),
  token: z.string(),
  token_type_hint: textSchema,
})

/** RFC 6749 section 5.2. */
export const oauthErrorSchema = z.strictObject({
  error: z.string(),
  error_description: z.string(),
})

/** RFC 8414 section 2. */
export const authorizationServerSchema = z.strictObject({
  issuer: z.string(),
  authorization_endpoint: z.string(),
  token_endpoint: z.string(),
  device_authorization_endpoint: z.string().optional(),
  revocation_endpoint: z.string(),
  introspection_endpoint: z.string(),
  scopes_supported: z.array(z.string()),
  response_types_supported: z.array(z.string()),
  response_modes_supported: z.array(z.string()),
  grant_types_supported: z.array(z.string()),
  code_challenge_methods_supported: z.array(z.string()),
  token_endpoint_auth_methods_supported: z.array(z.string()),
  revocation_endpoint_auth_methods_supported: z.array(z.string()),
  introspection_endpoint_auth_methods_supported: z.array(z.string()),
  authorization_response_iss_parameter_supported: z.boolean(),
})

const userCodeSchema = z
  .string()
  .max(64)
  .meta({ description: 'As the device shows it', examples: ['WDJB-MJHT'] })

export const claimDeviceBodySchema = z.strictObject({ user_code: userCodeSchema })

export const approveDeviceBodySchema = z.strictObject({
  user_code: userCodeSchema,
  decision: z.enum(['approve', 'deny']),
})

/** What waits to be approved, for whoever typed its code. */
export const deviceLoginSchema = z.strictObject({
  client: z.strictObject({ id: z.string(), name: z.string() }),
  /** As the program called its machine; anybody can write anything there. */
  device_name: z.string().nullable(),
  /** The address it was asked from. */
  network: z.string().nullable(),
  scopes: z.array(z.string()),
  created_at: instantSchema,
  expires_at: instantSchema,
  decision: z.enum(['approved', 'denied']).nullable(),
})
