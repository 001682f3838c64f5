import { grantMemberBodySchema, membershipSchema, noQuerySchema } from '@keywright/contract'
import { BEARER, BODY_PROBLEMS, CALLER_PROBLEMS, json, problems } from '../../answer/documented.ts'
import { membershipView } from '../../answer/people-view.ts'
import { sendProblem } from '../../answer/send-problem.ts'
import { authenticate, callerOf } from '../../door/authenticate.ts'
import type { Door } from '../../door/door.ts'
import type { RoutesApp } from '../app.ts'

export function grantMemberRoute(app: RoutesApp, door: Door): void {
  app.route({
    method: 'POST',
    url: '/v1/members',
    onRequest: authenticate(door, 'members:write'),
    schema: {
      operationId: 'grantMember',
      summary: 'Give a person a role at a resource',
      security: BEARER,
      querystring: noQuerySchema,
      body: grantMemberBodySchema,
      response: {
        201: json('The membership.', membershipSchema),
        ...problems(...CALLER_PROBLEMS, ...BODY_PROBLEMS, 404, 409),
      },
    },
    handler: async (request, reply) => {
      const { person_id: personId, resource, role } = request.body
      const desk = door.authority.as(callerOf(request))
      const outcome = await desk.members.grant({ personId, resource, role })
      if (!outcome.ok) return sendProblem(door, reply, outcome)
      return reply.code(201).send(membershipView(outcome.membership))
    },
  })
}
