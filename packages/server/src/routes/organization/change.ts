import {
  changeOrganizationBodySchema,
  noQuerySchema,
  organizationPathSchema,
  organizationSchema,
} from '@keywright/contract'
import { BEARER, BODY_PROBLEMS, CALLER_PROBLEMS, json, problems } from '../../answer/documented.ts'
import { organizationView } from '../../answer/people-view.ts'
import { sendProblem } from '../../answer/send-problem.ts'
import { authenticate, callerOf } from '../../door/authenticate.ts'
import type { Door } from '../../door/door.ts'
import type { RoutesApp } from '../app.ts'

export function changeOrganizationRoute(app: RoutesApp, door: Door): void {
  app.route({
    method: 'PATCH',
    url: '/v1/organizations/:id',
    onRequest: authenticate(door),
    schema: {
      operationId: 'changeOrganization',
      summary: 'Give an organization another slug or name',
      security: BEARER,
      params: organizationPathSchema,
      querystring: noQuerySchema,
      body: changeOrganizationBodySchema,
      response: {
        200: json('The organization as it is now.', organizationSchema),
        ...problems(...CALLER_PROBLEMS, ...BODY_PROBLEMS, 404, 409),
      },
    },
    handler: async (request, reply) => {
      const desk = door.authority.as(callerOf(request))
      const outcome = await desk.organizations.change(request.params.id, request.body)
      if (!outcome.ok) return sendProblem(door, reply, outcome)
      return reply.code(200).send(organizationView(outcome.organization))
    },
  })
}
