import express from 'express'
import { expressGuard } from '../../src/adapters/express.ts'
import type { StartDemo } from './demo.ts'
import { AVAILABILITY, REFUSAL, ROUTES, seen } from './demo.ts'
import { running } from './demo-node.ts'

export const startExpress: StartDemo = ({ authority, onHandled, onError }) => {
  const app = express()
  const guard = expressGuard(authority, { onError })
  const show: express.RequestHandler = (req, res) => {
    onHandled()
    res.json(seen(req.principal))
  }
  app.get(ROUTES.list, guard('agents:read'), show)
  app.post(ROUTES.create, guard('agents:write'), (req, res) => {
    onHandled()
    res.status(201).json(seen(guard.principal(req)))
  })
  app.get(
    ROUTES.availability,
    guard('availability:read', { resource: AVAILABILITY }),
    (req, res) => {
      onHandled()
      res.json({ ...seen(req.principal), id: req.params.id })
    },
  )
  app.get(ROUTES.me, guard(), show)
  app.get(ROUTES.live, guard('agents:read', { mode: 'live' }), show)
  app.get(ROUTES.dear, guard('agents:read', { cost: 3 }), show)
  app.get(ROUTES.refused, guard(), (req, res) => guard.refuse(req, res, REFUSAL))
  app.use(ROUTES.thrice, guard())
  app.get(ROUTES.thrice, guard('agents:read'), guard('agents:write'), show)
  return running(app.listen(0, '127.0.0.1'))
}
