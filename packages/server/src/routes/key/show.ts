import { keyPathSchema, noQuerySchema, seenKeySchema } from '@keywright/contract'
import { BEARER, CALLER_PROBLEMS, json, problems } from '../../answer/documented.ts'
import { seenKeyView } from '../../answer/key-view.ts'
import { sendProblem } from '../../answer/send-problem.ts'
import { authenticate, callerOf } from '../../door/authenticate.ts'
import type { Door } from '../../door/door.ts'
import type { RoutesApp } from '../app.ts'

/** No scope is asked for up front: a key may look at itself. */
export function showRoute(app: RoutesApp, door: Door): void {
  app.route({
    method: 'GET',
    url: '/v1/keys/:id',
    onRequest: authenticate(door),
    schema: {
      operationId: 'showKey',
      summary: 'Show a key',
      security: BEARER,
      params: keyPathSchema,
      querystring: noQuerySchema,
      response: {
        200: json('The key.', seenKeySchema),
        ...problems(...CALLER_PROBLEMS, 404, 422),
      },
    },
    handler: async (request, reply) => {
      const outcome = await door.authority.as(callerOf(request)).keys.show(request.params.id)
      if (!outcome.ok) return sendProblem(door, reply, outcome)
      return reply.code(200).send(seenKeyView(outcome.key))
    },
  })
}
