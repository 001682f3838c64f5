import {
  noQuerySchema,
  personPathSchema,
  personSchema,
  renamePersonBodySchema,
} from '@keywright/contract'
import { BEARER, BODY_PROBLEMS, CALLER_PROBLEMS, json, problems } from '../../answer/documented.ts'
import { personView } from '../../answer/people-view.ts'
import { sendProblem } from '../../answer/send-problem.ts'
import { authenticate, callerOf } from '../../door/authenticate.ts'
import type { Door } from '../../door/door.ts'
import type { RoutesApp } from '../app.ts'

export function renamePersonRoute(app: RoutesApp, door: Door): void {
  app.route({
    method: 'PATCH',
    url: '/v1/people/:id',
    onRequest: authenticate(door),
    schema: {
      operationId: 'renamePerson',
      summary: 'Be called something else',
      security: BEARER,
      params: personPathSchema,
      querystring: noQuerySchema,
      body: renamePersonBodySchema,
      response: {
        200: json('The person as they are now.', personSchema),
        ...problems(...CALLER_PROBLEMS, ...BODY_PROBLEMS, 404),
      },
    },
    handler: async (request, reply) => {
      const { people } = door.authority.as(callerOf(request))
      const outcome = await people.rename(request.params.id, request.body.name)
      if (!outcome.ok) return sendProblem(door, reply, outcome)
      return reply.code(200).send(personView(outcome.person))
    },
  })
}
