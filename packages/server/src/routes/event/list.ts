import type { z } from 'zod'
import type { eventSchema } from '@keywright/contract'
import { eventPageSchema, listEventsQuerySchema } from '@keywright/contract'
import type { KeyEvent } from '@keywright/core'
import { instant } from '@keywright/core'
import { BEARER, CALLER_PROBLEMS, json, problems } from '../../answer/documented.ts'
import { sendProblem } from '../../answer/send-problem.ts'
import { authenticate, callerOf } from '../../door/authenticate.ts'
import type { Door } from '../../door/door.ts'
import { decodeSeqCursor, encodeCursor } from '../../request/cursor.ts'
import type { RoutesApp } from '../app.ts'

export function eventsRoute(app: RoutesApp, door: Door): void {
  app.route({
    method: 'GET',
    url: '/v1/events',
    onRequest: authenticate(door, 'keys:audit'),
    schema: {
      operationId: 'listEvents',
      summary: 'What happened, oldest first',
      security: BEARER,
      querystring: listEventsQuerySchema,
      response: {
        200: json('A page of events.', eventPageSchema),
        ...problems(...CALLER_PROBLEMS, 422),
      },
    },
    handler: async (request, reply) => {
      const { cursor, key_id: keyId, ...filters } = request.query
      const after = cursor === undefined ? undefined : decodeSeqCursor(cursor)
      const desk = door.authority.as(callerOf(request))
      const outcome = await desk.events.list({ ...filters, keyId, after })
      if (!outcome.ok) return sendProblem(door, reply, outcome)
      const next = outcome.next === null ? null : String(outcome.next)
      const data = outcome.events.map(eventView)
      return reply.code(200).send({ data, next_cursor: encodeCursor(next) })
    },
  })
}

function eventView(event: KeyEvent): z.output<typeof eventSchema> {
  const { epoch, seq, type, at, actor, keyId, resource, mode } = event
  const data = dataView(event.data)
  return { epoch, seq, type, at: instant(at), actor, key_id: keyId, resource, mode, data }
}

/** Times are kept as numbers and shown as everywhere. */
function dataView(data: KeyEvent['data']): Record<string, unknown> {
  const entries = Object.entries(data).map(([name, value]) => [
    name,
    name.endsWith('_at') && typeof value === 'number' ? instant(value) : value,
  ])
  return Object.fromEntries(entries)
}
