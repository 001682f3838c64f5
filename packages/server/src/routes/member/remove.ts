import { memberPathSchema, membershipSchema, removeMemberQuerySchema } from '@keywright/contract'
import { BEARER, CALLER_PROBLEMS, json, problems } from '../../answer/documented.ts'
import { membershipView } from '../../answer/people-view.ts'
import { sendProblem } from '../../answer/send-problem.ts'
import { authenticate, callerOf } from '../../door/authenticate.ts'
import type { Door } from '../../door/door.ts'
import type { RoutesApp } from '../app.ts'

export function removeMemberRoute(app: RoutesApp, door: Door): void {
  app.route({
    method: 'DELETE',
    url: '/v1/members/:person_id',
    onRequest: authenticate(door),
    schema: {
      operationId: 'removeMember',
      summary: 'Take a role away, or leave',
      description:
        'When this is answered, no cache of this process says yes by that role any more.',
      security: BEARER,
      params: memberPathSchema,
      querystring: removeMemberQuerySchema,
      response: {
        200: json('The membership that was.', membershipSchema),
        ...problems(...CALLER_PROBLEMS, 404, 409, 413, 415, 422),
      },
    },
    handler: async (request, reply) => {
      const { person_id: personId } = request.params
      const desk = door.authority.as(callerOf(request))
      const outcome = await desk.members.remove({ personId, resource: request.query.resource })
      if (!outcome.ok) return sendProblem(door, reply, outcome)
      return reply.code(200).send(membershipView(outcome.membership))
    },
  })
}
