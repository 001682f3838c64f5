import {
  keyPathSchema,
  noQuerySchema,
  rotateAnswerSchema,
  rotateBodySchema,
} from '@keywright/contract'
import { instant } from '@keywright/core'
import { BEARER, BODY_PROBLEMS, CALLER_PROBLEMS, json, problems } from '../../answer/documented.ts'
import { keyView } from '../../answer/key-view.ts'
import { sendProblem } from '../../answer/send-problem.ts'
import { authenticate, callerOf } from '../../door/authenticate.ts'
import type { Door } from '../../door/door.ts'
import { readIdempotencyKey } from '../../request/idempotency-key.ts'
import type { RoutesApp } from '../app.ts'

export function rotateRoute(app: RoutesApp, door: Door): void {
  app.route({
    method: 'POST',
    url: '/v1/keys/:id/rotate',
    onRequest: authenticate(door, 'keys:write'),
    schema: {
      operationId: 'rotateKey',
      summary: "Replace a key's secret",
      description: 'Without a body, or without overlap, the earlier secret ends at once.',
      security: BEARER,
      params: keyPathSchema,
      querystring: noQuerySchema,
      body: rotateBodySchema,
      response: {
        200: json('The key with its new secret, which a repeat leaves out.', rotateAnswerSchema),
        ...problems(...CALLER_PROBLEMS, ...BODY_PROBLEMS, 404, 409),
      },
    },
    handler: async (request, reply) => {
      const overlapSeconds = request.body?.overlap
      const idempotencyKey = readIdempotencyKey(request.raw)
      const desk = door.authority.as(callerOf(request))
      const outcome = await desk.keys.rotate(request.params.id, { overlapSeconds, idempotencyKey })
      if (!outcome.ok) return sendProblem(door, reply, outcome)
      const { key, secret, previousEndsAt } = outcome
      const view = { ...keyView(key), previous_ends_at: instant(previousEndsAt) }
      if (secret !== null) return reply.code(200).send({ ...view, key: secret })
      reply.header('idempotency-replayed', 'true')
      return reply.code(200).send({ ...view, replayed: true })
    },
  })
}
