import { noQuerySchema, personPathSchema, personSchema } from '@keywright/contract'
import { BEARER, CALLER_PROBLEMS, json, problems } from '../../answer/documented.ts'
import { personView } from '../../answer/people-view.ts'
import { sendProblem } from '../../answer/send-problem.ts'
import { authenticate, callerOf } from '../../door/authenticate.ts'
import type { Door } from '../../door/door.ts'
import type { RoutesApp } from '../app.ts'

export function showPersonRoute(app: RoutesApp, door: Door): void {
  app.route({
    method: 'GET',
    url: '/v1/people/:id',
    onRequest: authenticate(door),
    schema: {
      operationId: 'showPerson',
      summary: 'Show the person that the caller acts as',
      security: BEARER,
      params: personPathSchema,
      querystring: noQuerySchema,
      response: {
        200: json('The person.', personSchema),
        ...problems(...CALLER_PROBLEMS, 404, 422),
      },
    },
    handler: async (request, reply) => {
      const outcome = await door.authority.as(callerOf(request)).people.show(request.params.id)
      if (!outcome.ok) return sendProblem(door, reply, outcome)
      return reply.code(200).send(personView(outcome.person))
    },
  })
}
