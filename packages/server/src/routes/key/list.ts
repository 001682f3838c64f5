import { keyPageSchema, listKeysQuerySchema } from '@keywright/contract'
import { BEARER, CALLER_PROBLEMS, json, problems } from '../../answer/documented.ts'
import { seenKeyView } from '../../answer/key-view.ts'
import { sendProblem } from '../../answer/send-problem.ts'
import { authenticate, callerOf } from '../../door/authenticate.ts'
import type { Door } from '../../door/door.ts'
import { decodeIdCursor, encodeCursor } from '../../request/cursor.ts'
import type { RoutesApp } from '../app.ts'

export function listRoute(app: RoutesApp, door: Door): void {
  app.route({
    method: 'GET',
    url: '/v1/keys',
    onRequest: authenticate(door, 'keys:read'),
    schema: {
      operationId: 'listKeys',
      summary: 'List keys, newest first',
      description:
        'A filter that fits few keys can leave a page short or empty; next_cursor is null on the last page only.',
      security: BEARER,
      querystring: listKeysQuerySchema,
      response: {
        200: json('A page of keys.', keyPageSchema),
        ...problems(...CALLER_PROBLEMS, 422),
      },
    },
    handler: async (request, reply) => {
      const { cursor, ...filters } = request.query
      const after = decodeIdCursor('key', cursor)
      const desk = door.authority.as(callerOf(request))
      const outcome = await desk.keys.list({ ...filters, after })
      if (!outcome.ok) return sendProblem(door, reply, outcome)
      const data = outcome.keys.map(seenKeyView)
      return reply.code(200).send({ data, next_cursor: encodeCursor(outcome.next) })
    },
  })
}
