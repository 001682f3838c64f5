import { healthSchema } from '@keywright/contract'
import { json } from '../../answer/documented.ts'
import type { RoutesApp } from '../app.ts'

/** The process lives; whether it can decide is for /readyz to say. */
export function liveRoute(app: RoutesApp): void {
  app.route({
    method: 'GET',
    url: '/healthz',
    schema: {
      operationId: 'health',
      summary: 'The process lives',
      response: { 200: json('It does.', healthSchema) },
    },
    handler: async (_request, reply) => reply.code(200).send({ status: 'ok' }),
  })
}
