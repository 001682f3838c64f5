import {
  changeMemberBodySchema,
  memberPathSchema,
  membershipSchema,
  noQuerySchema,
} from '@keywright/contract'
import { BEARER, BODY_PROBLEMS, CALLER_PROBLEMS, json, problems } from '../../answer/documented.ts'
import { membershipView } from '../../answer/people-view.ts'
import { sendProblem } from '../../answer/send-problem.ts'
import { authenticate, callerOf } from '../../door/authenticate.ts'
import type { Door } from '../../door/door.ts'
import type { RoutesApp } from '../app.ts'

export function changeMemberRoute(app: RoutesApp, door: Door): void {
  app.route({
    method: 'PATCH',
    url: '/v1/members/:person_id',
    onRequest: authenticate(door, 'members:write'),
    schema: {
      operationId: 'changeMember',
      summary: 'Give a member another role',
      security: BEARER,
      params: memberPathSchema,
      querystring: noQuerySchema,
      body: changeMemberBodySchema,
      response: {
        200: json('The membership as it is now.', membershipSchema),
        ...problems(...CALLER_PROBLEMS, ...BODY_PROBLEMS, 404, 409),
      },
    },
    handler: async (request, reply) => {
      const { person_id: personId } = request.params
      const desk = door.authority.as(callerOf(request))
      const outcome = await desk.members.change({ personId, ...request.body })
      if (!outcome.ok) return sendProblem(door, reply, outcome)
      return reply.code(200).send(membershipView(outcome.membership))
    },
  })
}
