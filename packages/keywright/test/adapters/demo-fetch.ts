import type { Server } from 'node:http'
import { serve } from '@hono/node-server'
import type { FetchHandler, GuardedHandler } from '../../src/adapters/fetch.ts'
import { fetchGuard } from '../../src/adapters/fetch.ts'
import type { DemoKind, DemoMode, StartDemo } from './demo.ts'
import { AVAILABILITY, REFUSAL, ROUTES, seen } from './demo.ts'
import { running } from './demo-node.ts'

export const startFetch: StartDemo = ({ authority, onHandled, onError }) => {
  const guard = fetchGuard(authority, { onError })
  const show: GuardedHandler<DemoKind, DemoMode> = (_, { principal }) => {
    onHandled()
    return Response.json(seen(principal))
  }
  const routes: [string, string, FetchHandler][] = [
    ['GET', ROUTES.list, guard('agents:read', show)],
    [
      'POST',
      ROUTES.create,
      guard('agents:write', (_, { principal }) => {
        onHandled()
        return Response.json(seen(principal), { status: 201 })
      }),
    ],
    [
      'GET',
      ROUTES.availability,
      guard('availability:read', { resource: AVAILABILITY }, (_, { principal, params }) => {
        onHandled()
        return Response.json({ ...seen(principal), id: params.id })
      }),
    ],
    ['GET', ROUTES.me, guard(show)],
    ['GET', ROUTES.live, guard('agents:read', { mode: 'live' }, show)],
    ['GET', ROUTES.dear, guard('agents:read', { cost: 3 }, show)],
    ['GET', ROUTES.refused, guard((request) => guard.refuse(request, REFUSAL))],
    [
      'GET',
      ROUTES.thrice,
      guard((request) =>
        guard('agents:read', (again) => guard('agents:write', show)(again))(request),
      ),
    ],
  ]
  const handle = (request: Request): Response | Promise<Response> => {
    const method = request.method === 'HEAD' ? 'GET' : request.method
    for (const [verb, pathname, handler] of routes) {
      const match = verb === method ? new URLPattern({ pathname }).exec(request.url) : null
      if (match !== null) return handler(request, match.pathname.groups)
    }
    return new Response(null, { status: 404 })
  }
  return running(serve({ fetch: handle, port: 0, hostname: '127.0.0.1' }) as Server)
}
