import { mintBodySchema, mintedSchema, mintReplaySchema, noQuerySchema } from '@keywright/contract'
import { BEARER, BODY_PROBLEMS, CALLER_PROBLEMS, json, problems } from '../../answer/documented.ts'
import { keyView } from '../../answer/key-view.ts'
import { sendProblem } from '../../answer/send-problem.ts'
import { authenticate, callerOf } from '../../door/authenticate.ts'
import type { Door } from '../../door/door.ts'
import { readIdempotencyKey } from '../../request/idempotency-key.ts'
import type { RoutesApp } from '../app.ts'

export function mintRoute(app: RoutesApp, door: Door): void {
  app.route({
    method: 'POST',
    url: '/v1/keys',
    onRequest: authenticate(door, 'keys:write'),
    schema: {
      operationId: 'mintKey',
      summary: 'Mint a key',
      description: 'The secret is in this answer and nowhere else.',
      security: BEARER,
      querystring: noQuerySchema,
      body: mintBodySchema,
      response: {
        201: json('The key with its secret.', mintedSchema),
        200: json(
          'The same request was made before; the secret is not repeated.',
          mintReplaySchema,
        ),
        ...problems(...CALLER_PROBLEMS, ...BODY_PROBLEMS, 409),
      },
    },
    handler: async (request, reply) => {
      const { kind, expires_in: expiresInSeconds, ...fields } = request.body
      const idempotencyKey = readIdempotencyKey(request.raw)
      const desk = door.authority.as(callerOf(request))
      const outcome = await desk.keys.mint(kind, { ...fields, expiresInSeconds, idempotencyKey })
      if (!outcome.ok) return sendProblem(door, reply, outcome)
      const { key, secret } = outcome
      if (secret !== null) {
        return reply.code(201).send({ ...keyView(key), key: secret })
      }
      reply.header('idempotency-replayed', 'true')
      return reply.code(200).send({ ...keyView(key), replayed: true })
    },
  })
}
