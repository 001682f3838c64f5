import { invitationPageSchema, listInvitationsQuerySchema } from '@keywright/contract'
import { BEARER, CALLER_PROBLEMS, json, problems } from '../../answer/documented.ts'
import { invitationView } from '../../answer/people-view.ts'
import { sendProblem } from '../../answer/send-problem.ts'
import { authenticate, callerOf } from '../../door/authenticate.ts'
import type { Door } from '../../door/door.ts'
import { decodeIdCursor, encodeCursor } from '../../request/cursor.ts'
import type { RoutesApp } from '../app.ts'

export function listInvitationsRoute(app: RoutesApp, door: Door): void {
  app.route({
    method: 'GET',
    url: '/v1/invitations',
    onRequest: authenticate(door, 'members:read'),
    schema: {
      operationId: 'listInvitations',
      summary: 'List open invitations to a resource, newest first',
      security: BEARER,
      querystring: listInvitationsQuerySchema,
      response: {
        200: json('A page of invitations.', invitationPageSchema),
        ...problems(...CALLER_PROBLEMS, 422),
      },
    },
    handler: async (request, reply) => {
      const { cursor, ...asked } = request.query
      const after = decodeIdCursor('inv', cursor)
      const desk = door.authority.as(callerOf(request))
      const outcome = await desk.invitations.list({ ...asked, after })
      if (!outcome.ok) return sendProblem(door, reply, outcome)
      const data = outcome.invitations.map(invitationView)
      return reply.code(200).send({ data, next_cursor: encodeCursor(outcome.next) })
    },
  })
}
