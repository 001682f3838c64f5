import { keyPathSchema, keySchema, noQuerySchema } from '@keywright/contract'
import { BEARER, CALLER_PROBLEMS, json, problems } from '../../answer/documented.ts'
import { keyView } from '../../answer/key-view.ts'
import { sendProblem } from '../../answer/send-problem.ts'
import { authenticate, callerOf } from '../../door/authenticate.ts'
import type { Door } from '../../door/door.ts'
import type { RoutesApp } from '../app.ts'

/** No scope is asked for up front: whoever finds a leaked secret can end it. */
export function revokeRoute(app: RoutesApp, door: Door): void {
  app.route({
    method: 'DELETE',
    url: '/v1/keys/:id',
    onRequest: authenticate(door),
    schema: {
      operationId: 'revokeKey',
      summary: 'Revoke a key and all that it minted',
      description: 'When this is answered, no cache of this process says yes any more.',
      security: BEARER,
      params: keyPathSchema,
      querystring: noQuerySchema,
      response: {
        200: json('The key, revoked.', keySchema),
        ...problems(...CALLER_PROBLEMS, 404, 413, 415, 422),
      },
    },
    handler: async (request, reply) => {
      const outcome = await door.authority.as(callerOf(request)).keys.revoke(request.params.id)
      if (!outcome.ok) return sendProblem(door, reply, outcome)
      return reply.code(200).send(keyView(outcome.key))
    },
  })
}
