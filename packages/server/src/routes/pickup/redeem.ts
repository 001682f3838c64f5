// The other machine has nothing to show but the code, so codes that are none are counted by the network they come from.

import { mintedSchema, noQuerySchema, redeemPickupBodySchema } from '@keywright/contract'
import type { ChangeRefusalCode } from '@keywright/core'
import { BODY_PROBLEMS, json, problems } from '../../answer/documented.ts'
import { keyView } from '../../answer/key-view.ts'
import { sendProblem } from '../../answer/send-problem.ts'
import type { Door } from '../../door/door.ts'
import { guardGuesses } from '../../door/guard-guesses.ts'
import type { RoutesApp } from '../app.ts'

const GUESSES: readonly ChangeRefusalCode[] = ['pickup_not_found']

export function redeemPickupRoute(app: RoutesApp, door: Door): void {
  const { pickups: attempts } = door.loginAttempts
  app.route({
    method: 'POST',
    url: '/v1/pickups/redeem',
    schema: {
      operationId: 'redeemPickup',
      summary: 'Redeem the code of a pick-up for its key, once',
      description:
        'Takes no credential. The secret is in this answer and nowhere else. A code that comes a second time ends the key that it made.',
      security: [],
      querystring: noQuerySchema,
      body: redeemPickupBodySchema,
      response: {
        201: json('The key with its secret.', mintedSchema),
        ...problems(400, ...BODY_PROBLEMS, 404, 409, 429, 500, 503),
      },
    },
    handler: async (request, reply) => {
      const { pickup_code: code, device_name: deviceName, client_id: clientId } = request.body
      const network = door.proxies.addressOf(request.raw)
      const outcome = await guardGuesses({ attempts, network, guesses: GUESSES }, () =>
        door.authority.pickups.redeem({ code, deviceName, clientId, network }),
      )
      if (!outcome.ok) return sendProblem(door, reply, outcome)
      return reply.code(201).send({ ...keyView(outcome.key), key: outcome.secret })
    },
  })
}
