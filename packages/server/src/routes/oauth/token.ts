// POST /oauth/token: a program redeems what a person approved. What it gets is a personal key.

import { tokenAnswerSchema, tokenBodySchema } from '@keywright/contract'
import type { HandedOut, OAuthOutcome } from '@keywright/core'
import { oauthRefused } from '@keywright/core'
import { json } from '../../answer/documented.ts'
import type { Door } from '../../door/door.ts'
import type { RoutesApp } from '../app.ts'
import { OAUTH_REFUSALS, sendOAuthRefused } from './answer.ts'
import type { Parameters } from './parameters.ts'

/** RFC 8628 section 3.4. */
export const DEVICE_GRANT = 'urn:ietf:params:oauth:grant-type:device_code'

export function tokenRoute(app: RoutesApp, door: Door): void {
  app.route({
    method: 'POST',
    url: '/oauth/token',
    schema: {
      operationId: 'redeemLogin',
      summary: 'Redeem a login for a key (RFC 6749, RFC 8628)',
      description: 'The key is in this answer and nowhere else.',
      consumes: ['application/x-www-form-urlencoded'],
      body: tokenBodySchema,
      response: { 200: json('The key.', tokenAnswerSchema), ...OAUTH_REFUSALS },
    },
    handler: async (request, reply) => {
      const outcome = await grant(door, request.body as unknown as Parameters)
      if (!outcome.ok) return sendOAuthRefused(door, reply, outcome)
      const { key, secret } = outcome
      const expiresIn =
        key.expiresAt === null ? undefined : Math.floor((key.expiresAt - key.createdAt) / 1000)
      // Section 5.1 has this header besides Cache-Control.
      return reply
        .code(200)
        .header('pragma', 'no-cache')
        .send({
          access_token: secret,
          token_type: 'Bearer',
          scope: key.scopes.join(' '),
          ...(expiresIn === undefined ? {} : { expires_in: expiresIn }),
        })
    },
  })
}

function grant(
  { authority }: Door,
  parameters: Parameters,
): OAuthOutcome<HandedOut> | Promise<OAuthOutcome<HandedOut>> {
  const { grant_type: type, client_id: clientId, resource } = parameters
  const { login, definition } = authority
  if (type === undefined) return oauthRefused('invalid_request', 'Send grant_type.')
  if (resource !== undefined) {
    return oauthRefused('invalid_target', 'A login is for this API alone. Leave resource out.')
  }
  if (type === 'authorization_code') {
    const { code, redirect_uri: redirectUri, code_verifier: codeVerifier } = parameters
    return login.redeem({ clientId, code, redirectUri, codeVerifier })
  }
  if (type === DEVICE_GRANT && definition.login?.hasDevice === true) {
    return login.device.poll({ clientId, deviceCode: parameters['device_code'] })
  }
  const description = 'This grant_type is not for logins here. The metadata lists those that are.'
  return oauthRefused('unsupported_grant_type', description)
}
