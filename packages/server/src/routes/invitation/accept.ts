import { acceptInvitationBodySchema, membershipSchema, noQuerySchema } from '@keywright/contract'
import { BEARER, BODY_PROBLEMS, CALLER_PROBLEMS, json, problems } from '../../answer/documented.ts'
import { membershipView } from '../../answer/people-view.ts'
import { sendProblem } from '../../answer/send-problem.ts'
import { authenticate, callerOf } from '../../door/authenticate.ts'
import type { Door } from '../../door/door.ts'
import type { RoutesApp } from '../app.ts'

export function acceptInvitationRoute(app: RoutesApp, door: Door): void {
  app.route({
    method: 'POST',
    url: '/v1/invitations/accept',
    onRequest: authenticate(door),
    schema: {
      operationId: 'acceptInvitation',
      summary: 'Take an offered role',
      description:
        'For the person with the invited address, verified: themself, or a personal key with members:write that acts as them everywhere.',
      security: BEARER,
      querystring: noQuerySchema,
      body: acceptInvitationBodySchema,
      response: {
        200: json('The membership.', membershipSchema),
        ...problems(...CALLER_PROBLEMS, ...BODY_PROBLEMS, 404, 409),
      },
    },
    handler: async (request, reply) => {
      const desk = door.authority.as(callerOf(request))
      const outcome = await desk.invitations.accept({ token: request.body.token })
      if (!outcome.ok) return sendProblem(door, reply, outcome)
      return reply.code(200).send(membershipView(outcome.membership))
    },
  })
}
