import { readinessSchema } from '@keywright/contract'
import { refuse } from '@keywright/core'
import { json, problems } from '../../answer/documented.ts'
import { sendProblem } from '../../answer/send-problem.ts'
import type { Door } from '../../door/door.ts'
import type { RoutesApp } from '../app.ts'

const DRAINING = refuse('unavailable', 'The server is about to end. Ask another one.')

export function readyRoute(app: RoutesApp, door: Door): void {
  app.route({
    method: 'GET',
    url: '/readyz',
    schema: {
      operationId: 'readiness',
      summary: 'Decisions can be made',
      response: { 200: json('They can.', readinessSchema), ...problems(503) },
    },
    handler: async (_request, reply) => {
      if (door.isDraining) return sendProblem(door, reply, DRAINING)
      await door.authority.check()
      return reply.code(200).send({ status: 'ready' })
    },
  })
}
