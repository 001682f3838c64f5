import type { FastifyRequest } from 'fastify'
import fastify from 'fastify'
import { fastifyGuard } from '../../src/adapters/fastify.ts'
import type { StartDemo } from './demo.ts'
import { AVAILABILITY, REFUSAL, ROUTES, seen } from './demo.ts'
import { running } from './demo-node.ts'

export const startFastify: StartDemo = async ({ authority, onHandled, onError }) => {
  const app = fastify()
  const guard = fastifyGuard(authority, { onError })
  const show = (request: FastifyRequest): Record<string, unknown> => {
    onHandled()
    return seen(request.principal)
  }
  app.get(ROUTES.list, { preHandler: guard('agents:read') }, show)
  app.post(ROUTES.create, { onRequest: guard('agents:write') }, (request, reply) => {
    onHandled()
    return reply.code(201).send(seen(guard.principal(request)))
  })
  app.get<{ Params: { id: string } }>(
    ROUTES.availability,
    { preHandler: guard('availability:read', { resource: AVAILABILITY }) },
    (request) => {
      onHandled()
      return { ...seen(request.principal), id: request.params.id }
    },
  )
  app.get(ROUTES.me, { preHandler: guard() }, show)
  app.get(ROUTES.live, { preHandler: guard('agents:read', { mode: 'live' }) }, show)
  app.get(ROUTES.dear, { preHandler: guard('agents:read', { cost: 3 }) }, show)
  app.get(ROUTES.refused, { preHandler: guard() }, (request, reply) =>
    guard.refuse(request, reply, REFUSAL),
  )
  app.get(
    ROUTES.thrice,
    { onRequest: guard(), preHandler: [guard('agents:read'), guard('agents:write')] },
    show,
  )
  await app.listen({ port: 0, host: '127.0.0.1' })
  return { ...(await running(app.server)), close: () => app.close() }
}
