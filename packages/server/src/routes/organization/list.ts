import { listOrganizationsQuerySchema, organizationPageSchema } from '@keywright/contract'
import { BEARER, CALLER_PROBLEMS, json, problems } from '../../answer/documented.ts'
import { organizationView } from '../../answer/people-view.ts'
import { sendProblem } from '../../answer/send-problem.ts'
import { authenticate, callerOf } from '../../door/authenticate.ts'
import type { Door } from '../../door/door.ts'
import { decodeIdCursor, encodeCursor } from '../../request/cursor.ts'
import type { RoutesApp } from '../app.ts'

export function listOrganizationsRoute(app: RoutesApp, door: Door): void {
  app.route({
    method: 'GET',
    url: '/v1/organizations',
    onRequest: authenticate(door),
    schema: {
      operationId: 'listOrganizations',
      summary: 'List the organizations that the caller is in',
      security: BEARER,
      querystring: listOrganizationsQuerySchema,
      response: {
        200: json('A page of organizations.', organizationPageSchema),
        ...problems(...CALLER_PROBLEMS, 422),
      },
    },
    handler: async (request, reply) => {
      const { cursor, limit } = request.query
      const after = decodeIdCursor('org', cursor)
      const desk = door.authority.as(callerOf(request))
      const outcome = await desk.organizations.list({ after, limit })
      if (!outcome.ok) return sendProblem(door, reply, outcome)
      const data = outcome.organizations.map(organizationView)
      return reply.code(200).send({ data, next_cursor: encodeCursor(outcome.next) })
    },
  })
}
