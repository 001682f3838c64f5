import type { Server } from 'node:http'
import { serve } from '@hono/node-server'
import { Hono } from 'hono'
import { honoGuard } from '../../src/adapters/hono.ts'
import type { StartDemo } from './demo.ts'
import { AVAILABILITY, REFUSAL, ROUTES, seen } from './demo.ts'
import { running } from './demo-node.ts'

export const startHono: StartDemo = ({ authority, onHandled, onError }) => {
  const app = new Hono()
  const guard = honoGuard(authority, { onError })
  app.get(ROUTES.list, guard('agents:read'), (c) => {
    onHandled()
    return c.json(seen(c.get('principal')))
  })
  app.post(ROUTES.create, guard('agents:write'), (c) => {
    onHandled()
    return c.json(seen(c.get('principal')), 201)
  })
  app.get(ROUTES.availability, guard('availability:read', { resource: AVAILABILITY }), (c) => {
    onHandled()
    return c.json({ ...seen(c.get('principal')), id: c.req.param('id') })
  })
  app.get(ROUTES.me, guard(), (c) => {
    onHandled()
    // A response of its own making, not the context's.
    return Response.json(seen(c.get('principal')))
  })
  app.get(ROUTES.live, guard('agents:read', { mode: 'live' }), (c) => {
    onHandled()
    return c.json(seen(c.get('principal')))
  })
  app.get(ROUTES.dear, guard('agents:read', { cost: 3 }), (c) => {
    onHandled()
    return c.json(seen(c.get('principal')))
  })
  app.get(ROUTES.refused, guard(), (c) => guard.refuse(c, REFUSAL))
  app.use(ROUTES.thrice, guard())
  app.get(ROUTES.thrice, guard('agents:read'), guard('agents:write'), (c) => {
    onHandled()
    return c.json(seen(c.get('principal')))
  })
  return running(serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' }) as Server)
}
