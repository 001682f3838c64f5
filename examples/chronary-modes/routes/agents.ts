import { z } from 'zod'
import type { Api } from '../api.ts'
import { instantOf, reachOf } from '../caller.ts'
import type { Agent } from '../data/agents.ts'
import { newId } from '../data/open.ts'
import { readBody } from '../read-body.ts'

const newAgent = z.strictObject({ name: z.string().min(1).max(200) })

const NO_AGENT = { code: 'not_found', detail: 'There is no such agent in this mode.' } as const

export function agentRoutes({ app, guard, data, courier, now }: Api): void {
  app.post('/v1/agents', guard('agents:write'), async (c) => {
    const body = await readBody(c.req, newAgent)
    if (!body.ok) return guard.refuse(c, body.refusal)
    const { store, organization, mode } = reachOf(data, c.get('principal'))
    const agent = { id: newId('agt'), name: body.value.name, created_at: now() }
    store.agents.add(organization, agent)
    const shown = showAgent(agent)
    courier.announce(
      c.env.outgoing,
      { store, organization },
      { type: 'agent.created', mode, data: shown },
    )
    return c.json(shown, 201)
  })

  app.get('/v1/agents', guard('agents:read'), (c) => {
    const { store, organization } = reachOf(data, c.get('principal'))
    return c.json({ data: store.agents.list(organization).map(showAgent) })
  })

  app.get('/v1/agents/:agent', guard('agents:read'), (c) => {
    const { store, organization } = reachOf(data, c.get('principal'))
    const agent = store.agents.find(organization, c.req.param('agent'))
    return agent === undefined ? guard.refuse(c, NO_AGENT) : c.json(showAgent(agent))
  })
}

function showAgent({ id, name, created_at }: Agent): object {
  return { id, name, created_at: instantOf(created_at) }
}
