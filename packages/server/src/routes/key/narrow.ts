import { keyPathSchema, keySchema, narrowBodySchema, noQuerySchema } from '@keywright/contract'
import { BEARER, BODY_PROBLEMS, CALLER_PROBLEMS, json, problems } from '../../answer/documented.ts'
import { keyView } from '../../answer/key-view.ts'
import { sendProblem } from '../../answer/send-problem.ts'
import { authenticate, callerOf } from '../../door/authenticate.ts'
import type { Door } from '../../door/door.ts'
import type { RoutesApp } from '../app.ts'

export function narrowRoute(app: RoutesApp, door: Door): void {
  app.route({
    method: 'PATCH',
    url: '/v1/keys/:id',
    onRequest: authenticate(door, 'keys:write'),
    schema: {
      operationId: 'narrowKey',
      summary: 'Rename a key, or make it less',
      security: BEARER,
      params: keyPathSchema,
      querystring: noQuerySchema,
      body: narrowBodySchema,
      response: {
        200: json('The key as it is now.', keySchema),
        ...problems(...CALLER_PROBLEMS, ...BODY_PROBLEMS, 404, 409),
      },
    },
    handler: async (request, reply) => {
      const { expires_in: expiresInSeconds, ...fields } = request.body
      const desk = door.authority.as(callerOf(request))
      const outcome = await desk.keys.narrow(request.params.id, { ...fields, expiresInSeconds })
      if (!outcome.ok) return sendProblem(door, reply, outcome)
      return reply.code(200).send(keyView(outcome.key))
    },
  })
}
