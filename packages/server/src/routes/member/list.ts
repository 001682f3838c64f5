import { listMembersQuerySchema, memberPageSchema } from '@keywright/contract'
import { BEARER, CALLER_PROBLEMS, json, problems } from '../../answer/documented.ts'
import { memberView } from '../../answer/people-view.ts'
import { sendProblem } from '../../answer/send-problem.ts'
import { authenticate, callerOf } from '../../door/authenticate.ts'
import type { Door } from '../../door/door.ts'
import { decodeIdCursor, encodeCursor } from '../../request/cursor.ts'
import type { RoutesApp } from '../app.ts'

export function listMembersRoute(app: RoutesApp, door: Door): void {
  app.route({
    method: 'GET',
    url: '/v1/members',
    onRequest: authenticate(door, 'members:read'),
    schema: {
      operationId: 'listMembers',
      summary: 'List who has which role at a resource',
      description: 'At exactly this resource; roles above it count here too.',
      security: BEARER,
      querystring: listMembersQuerySchema,
      response: {
        200: json('A page of members.', memberPageSchema),
        ...problems(...CALLER_PROBLEMS, 422),
      },
    },
    handler: async (request, reply) => {
      const { cursor, ...asked } = request.query
      const after = decodeIdCursor('usr', cursor)
      const desk = door.authority.as(callerOf(request))
      const outcome = await desk.members.list({ ...asked, after })
      if (!outcome.ok) return sendProblem(door, reply, outcome)
      const data = outcome.members.map(memberView)
      return reply.code(200).send({ data, next_cursor: encodeCursor(outcome.next) })
    },
  })
}
