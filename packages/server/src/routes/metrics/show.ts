import { z } from 'zod'
import { problems } from '../../answer/documented.ts'
import type { Door } from '../../door/door.ts'
import type { RoutesApp } from '../app.ts'
import { durationsText } from './durations.ts'
import { openRegistry } from './registry.ts'

export function metricsRoute(app: RoutesApp, door: Door): void {
  const registry = openRegistry(door)
  app.route({
    method: 'GET',
    url: '/metrics',
    schema: {
      operationId: 'metrics',
      summary: 'Numbers for Prometheus',
      response: {
        200: {
          description: 'Text format 0.0.4.',
          content: { 'text/plain': { schema: z.string() } },
        },
        ...problems(500),
      },
    },
    handler: async (_request, reply) => {
      const text = `${await registry.metrics()}\n${durationsText(door.traffic.tallies())}`
      reply.code(200).header('content-type', registry.contentType)
      return reply.send(Buffer.from(text) as never)
    },
  })
}
