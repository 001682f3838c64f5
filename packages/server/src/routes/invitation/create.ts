import { createInvitationBodySchema, invitedSchema, noQuerySchema } from '@keywright/contract'
import { BEARER, BODY_PROBLEMS, CALLER_PROBLEMS, json, problems } from '../../answer/documented.ts'
import { invitationView } from '../../answer/people-view.ts'
import { sendProblem } from '../../answer/send-problem.ts'
import { authenticate, callerOf } from '../../door/authenticate.ts'
import type { Door } from '../../door/door.ts'
import type { RoutesApp } from '../app.ts'

export function createInvitationRoute(app: RoutesApp, door: Door): void {
  app.route({
    method: 'POST',
    url: '/v1/invitations',
    onRequest: authenticate(door, 'members:write'),
    schema: {
      operationId: 'createInvitation',
      summary: 'Offer a role to an e-mail address',
      description: 'The token is in this answer and nowhere else; sending it is for the caller.',
      security: BEARER,
      querystring: noQuerySchema,
      body: createInvitationBodySchema,
      response: {
        201: json('The invitation with its token.', invitedSchema),
        ...problems(...CALLER_PROBLEMS, ...BODY_PROBLEMS),
      },
    },
    handler: async (request, reply) => {
      const { expires_in: expiresInSeconds, ...offer } = request.body
      const desk = door.authority.as(callerOf(request))
      const outcome = await desk.invitations.create({ ...offer, expiresInSeconds })
      if (!outcome.ok) return sendProblem(door, reply, outcome)
      const { invitation, token } = outcome
      return reply.code(201).send({ ...invitationView(invitation), token })
    },
  })
}
