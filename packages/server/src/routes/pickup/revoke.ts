import { noQuerySchema, pickupPathSchema, pickupSchema } from '@keywright/contract'
import { BEARER, CALLER_PROBLEMS, json, problems } from '../../answer/documented.ts'
import { pickupView } from '../../answer/pickup-view.ts'
import { sendProblem } from '../../answer/send-problem.ts'
import { authenticate, callerOf } from '../../door/authenticate.ts'
import type { Door } from '../../door/door.ts'
import type { RoutesApp } from '../app.ts'

export function revokePickupRoute(app: RoutesApp, door: Door): void {
  app.route({
    method: 'DELETE',
    url: '/v1/pickups/:id',
    onRequest: authenticate(door, 'keys:write'),
    schema: {
      operationId: 'revokePickup',
      summary: 'Take a pick-up back that waits',
      security: BEARER,
      params: pickupPathSchema,
      querystring: noQuerySchema,
      response: {
        200: json('The pick-up, revoked.', pickupSchema),
        ...problems(...CALLER_PROBLEMS, 404, 409, 413, 415, 422),
      },
    },
    handler: async (request, reply) => {
      const outcome = await door.authority.as(callerOf(request)).pickups.revoke(request.params.id)
      if (!outcome.ok) return sendProblem(door, reply, outcome)
      return reply.code(200).send(pickupView(outcome.pickup))
    },
  })
}
