import { invitationPathSchema, invitationSchema, noQuerySchema } from '@keywright/contract'
import { BEARER, CALLER_PROBLEMS, json, problems } from '../../answer/documented.ts'
import { invitationView } from '../../answer/people-view.ts'
import { sendProblem } from '../../answer/send-problem.ts'
import { authenticate, callerOf } from '../../door/authenticate.ts'
import type { Door } from '../../door/door.ts'
import type { RoutesApp } from '../app.ts'

export function revokeInvitationRoute(app: RoutesApp, door: Door): void {
  app.route({
    method: 'DELETE',
    url: '/v1/invitations/:id',
    onRequest: authenticate(door, 'members:write'),
    schema: {
      operationId: 'revokeInvitation',
      summary: 'Take an offer back',
      security: BEARER,
      params: invitationPathSchema,
      querystring: noQuerySchema,
      response: {
        200: json('The invitation, revoked.', invitationSchema),
        ...problems(...CALLER_PROBLEMS, 404, 409, 413, 415, 422),
      },
    },
    handler: async (request, reply) => {
      const outcome = await door.authority
        .as(callerOf(request))
        .invitations.revoke(request.params.id)
      if (!outcome.ok) return sendProblem(door, reply, outcome)
      return reply.code(200).send(invitationView(outcome.invitation))
    },
  })
}
