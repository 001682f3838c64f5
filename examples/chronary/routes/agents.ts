import { invalidRequest } from 'keywright'
import { z } from 'zod'
import type { Api } from '../api.ts'
import { callerOf } from '../caller.ts'
import type { Agent } from '../data/agents.ts'
import { instantOf } from '../time/span.ts'
import { NO_AGENT, type OfAgent, ofAgent } from './of-agent.ts'

const newAgent = z.strictObject({ name: z.string().min(1).max(200) })

export function agentRoutes(api: Api): void {
  const { app, guard, data, courier, now } = api

  app.post('/v1/agents', { onRequest: guard('agents:write') }, (request, reply) => {
    const body = newAgent.safeParse(request.body)
    if (!body.success) {
      return guard.refuse(request, reply, invalidRequest('body', body.error.issues))
    }
    const { organization } = callerOf(guard.principal(request))
    const agent = data.agents.create(organization, { name: body.data.name, createdAt: now() })
    const shown = showAgent(agent)
    courier.announce(reply, organization, { type: 'agent.created', data: shown })
    return reply.code(201).send(shown)
  })

  // With a key of one agent: that agent.
  app.get('/v1/agents', { onRequest: guard('agents:read') }, (request) => {
    const caller = callerOf(guard.principal(request))
    return { data: data.agents.list(caller.organization, caller.agent).map(showAgent) }
  })

  app.get<OfAgent>('/v1/agents/:agent', ofAgent(api, 'agents:read'), (request, reply) => {
    const { organization } = callerOf(guard.principal(request))
    const agent = data.agents.find(organization, request.params.agent)
    return agent === undefined ? guard.refuse(request, reply, NO_AGENT) : showAgent(agent)
  })
}

/** An agent on the wire. */
export function showAgent({ id, name, created_at }: Agent): object {
  return { id, name, created_at: instantOf(created_at) }
}
