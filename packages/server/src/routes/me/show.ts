import { noQuerySchema, principalSchema } from '@keywright/contract'
import { BEARER, CALLER_PROBLEMS, json, problems } from '../../answer/documented.ts'
import { principalView } from '../../answer/principal-view.ts'
import { authenticate, callerOf } from '../../door/authenticate.ts'
import type { Door } from '../../door/door.ts'
import type { RoutesApp } from '../app.ts'

export function meRoute(app: RoutesApp, door: Door): void {
  app.route({
    method: 'GET',
    url: '/v1/me',
    onRequest: authenticate(door),
    schema: {
      operationId: 'showMe',
      summary: 'Who the caller is',
      security: BEARER,
      querystring: noQuerySchema,
      response: {
        200: json('The principal.', principalSchema),
        ...problems(...CALLER_PROBLEMS, 422),
      },
    },
    handler: async (request, reply) => reply.code(200).send(principalView(callerOf(request))),
  })
}
