import { revokeTokenBodySchema } from '@keywright/contract'
import { z } from 'zod'
import type { Door } from '../../door/door.ts'
import type { RoutesApp } from '../app.ts'
import { OAUTH_REFUSALS, sendOAuthRefused } from './answer.ts'
import type { Parameters } from './parameters.ts'

/** POST /oauth/revoke: a program logs out (RFC 7009). */
export function revokeTokenRoute(app: RoutesApp, door: Door): void {
  app.route({
    method: 'POST',
    url: '/oauth/revoke',
    schema: {
      operationId: 'revokeLogin',
      summary: 'End a key that a login gave (RFC 7009)',
      description: 'Answered 200 also for a token that is unknown or over.',
      consumes: ['application/x-www-form-urlencoded'],
      body: revokeTokenBodySchema,
      response: {
        200: {
          description: 'It does not count any more.',
          content: { 'text/plain': { schema: z.literal('') } },
        },
        ...OAUTH_REFUSALS,
      },
    },
    handler: async (request, reply) => {
      const { client_id: clientId, token } = request.body as unknown as Parameters
      const outcome = await door.authority.login.revoke({ clientId, token })
      if (!outcome.ok) return sendOAuthRefused(door, reply, outcome)
      return reply.code(200).type('text/plain').send('')
    },
  })
}
