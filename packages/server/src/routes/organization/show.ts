import { noQuerySchema, organizationPathSchema, organizationSchema } from '@keywright/contract'
import { BEARER, CALLER_PROBLEMS, json, problems } from '../../answer/documented.ts'
import { organizationView } from '../../answer/people-view.ts'
import { sendProblem } from '../../answer/send-problem.ts'
import { authenticate, callerOf } from '../../door/authenticate.ts'
import type { Door } from '../../door/door.ts'
import type { RoutesApp } from '../app.ts'

export function showOrganizationRoute(app: RoutesApp, door: Door): void {
  app.route({
    method: 'GET',
    url: '/v1/organizations/:id',
    onRequest: authenticate(door),
    schema: {
      operationId: 'showOrganization',
      summary: 'Show an organization',
      security: BEARER,
      params: organizationPathSchema,
      querystring: noQuerySchema,
      response: {
        200: json('The organization.', organizationSchema),
        ...problems(...CALLER_PROBLEMS, 404, 422),
      },
    },
    handler: async (request, reply) => {
      const { id } = request.params
      const outcome = await door.authority.as(callerOf(request)).organizations.find({ id })
      if (!outcome.ok) return sendProblem(door, reply, outcome)
      return reply.code(200).send(organizationView(outcome.organization))
    },
  })
}
