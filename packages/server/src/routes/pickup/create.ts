import {
  createdPickupSchema,
  createPickupBodySchema,
  createPickupReplaySchema,
  noQuerySchema,
} from '@keywright/contract'
import { BEARER, BODY_PROBLEMS, CALLER_PROBLEMS, json, problems } from '../../answer/documented.ts'
import { pickupView } from '../../answer/pickup-view.ts'
import { sendProblem } from '../../answer/send-problem.ts'
import { authenticate, callerOf } from '../../door/authenticate.ts'
import type { Door } from '../../door/door.ts'
import { readIdempotencyKey } from '../../request/idempotency-key.ts'
import type { RoutesApp } from '../app.ts'

export function createPickupRoute(app: RoutesApp, door: Door): void {
  app.route({
    method: 'POST',
    url: '/v1/pickups',
    onRequest: authenticate(door, 'keys:write'),
    schema: {
      operationId: 'createPickup',
      summary: 'Promise a key to another machine',
      description:
        'Takes what minting the key takes. The code is in this answer and nowhere else; the key is made when it is redeemed.',
      security: BEARER,
      querystring: noQuerySchema,
      body: createPickupBodySchema,
      response: {
        201: json('The pick-up with its code.', createdPickupSchema),
        200: json(
          'The same request was made before; the code is not repeated.',
          createPickupReplaySchema,
        ),
        ...problems(...CALLER_PROBLEMS, ...BODY_PROBLEMS, 409),
      },
    },
    handler: async (request, reply) => {
      const {
        kind,
        expires_in: expiresInSeconds,
        pickup_expires_in: pickupExpiresInSeconds,
        ...fields
      } = request.body
      const idempotencyKey = readIdempotencyKey(request.raw)
      const life = { expiresInSeconds, pickupExpiresInSeconds }
      const desk = door.authority.as(callerOf(request))
      const outcome = await desk.pickups.create(kind, { ...fields, ...life, idempotencyKey })
      if (!outcome.ok) return sendProblem(door, reply, outcome)
      const { pickup, code } = outcome
      if (code !== null) return reply.code(201).send({ ...pickupView(pickup), pickup_code: code })
      reply.header('idempotency-replayed', 'true')
      return reply.code(200).send({ ...pickupView(pickup), replayed: true })
    },
  })
}
