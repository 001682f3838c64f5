import { listPickupsQuerySchema, pickupPageSchema } from '@keywright/contract'
import { BEARER, CALLER_PROBLEMS, json, problems } from '../../answer/documented.ts'
import { pickupView } from '../../answer/pickup-view.ts'
import { sendProblem } from '../../answer/send-problem.ts'
import { authenticate, callerOf } from '../../door/authenticate.ts'
import type { Door } from '../../door/door.ts'
import { decodeIdCursor, encodeCursor } from '../../request/cursor.ts'
import type { RoutesApp } from '../app.ts'

export function listPickupsRoute(app: RoutesApp, door: Door): void {
  app.route({
    method: 'GET',
    url: '/v1/pickups',
    onRequest: authenticate(door, 'keys:write'),
    schema: {
      operationId: 'listPickups',
      summary: "List the caller's own pick-ups that wait, newest first",
      security: BEARER,
      querystring: listPickupsQuerySchema,
      response: {
        200: json('A page of pick-ups.', pickupPageSchema),
        ...problems(...CALLER_PROBLEMS, 422),
      },
    },
    handler: async (request, reply) => {
      const { cursor, limit } = request.query
      const after = decodeIdCursor('pku', cursor)
      const desk = door.authority.as(callerOf(request))
      const outcome = await desk.pickups.list({ after, limit })
      if (!outcome.ok) return sendProblem(door, reply, outcome)
      const data = outcome.pickups.map(pickupView)
      return reply.code(200).send({ data, next_cursor: encodeCursor(outcome.next) })
    },
  })
}
