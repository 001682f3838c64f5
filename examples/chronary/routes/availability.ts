// Availability of one agent is the agent's own; comparing agents and finding a common time is the organization's.

import { invalidRequest } from 'keywright'
import { z } from 'zod'
import type { Api } from '../api.ts'
import { callerOf } from '../caller.ts'
import type { Data } from '../data/open.ts'
import type { Span } from '../time/span.ts'
import { busyWithin, freeWithin, spanOf } from '../time/span.ts'
import { NO_AGENT, type OfAgent, ofAgent } from './of-agent.ts'
import { NO_RANGE, rangeFields, rangeOf } from './range.ts'

const AGENTS_MAX = 20
const MINUTE_MS = 60_000
const DAY_MINUTES = 1440

const ownQuery = z.strictObject(rangeFields)
const agentIds = z.array(z.string().min(1).max(64)).min(1).max(AGENTS_MAX)
const compareQuery = z.strictObject({
  ...rangeFields,
  agent_ids: z
    .string()
    .transform((text) => text.split(','))
    .pipe(agentIds),
})
const meeting = z.strictObject({
  ...rangeFields,
  agent_ids: agentIds,
  duration_minutes: z.int().min(1).max(DAY_MINUTES),
})

export function availabilityRoutes(api: Api): void {
  const { app, guard, data, now } = api
  const allExist = (organization: string, ids: readonly string[]): boolean =>
    ids.every((id) => data.agents.find(organization, id) !== undefined)

  app.get<OfAgent>(
    '/v1/agents/:agent/availability',
    ofAgent(api, 'availability:read'),
    (request, reply) => {
      const query = ownQuery.safeParse(request.query)
      if (!query.success) {
        return guard.refuse(request, reply, invalidRequest('query', query.error.issues))
      }
      const range = rangeOf(query.data, now())
      if (range === undefined) return guard.refuse(request, reply, NO_RANGE)
      return availabilityOf(data, request.params.agent, range)
    },
  )

  app.get('/v1/availability', { onRequest: guard('availability:compare') }, (request, reply) => {
    const query = compareQuery.safeParse(request.query)
    if (!query.success) {
      return guard.refuse(request, reply, invalidRequest('query', query.error.issues))
    }
    const range = rangeOf(query.data, now())
    if (range === undefined) return guard.refuse(request, reply, NO_RANGE)
    const ids = query.data.agent_ids
    const { organization } = callerOf(guard.principal(request))
    if (!allExist(organization, ids)) return guard.refuse(request, reply, NO_AGENT)
    const free = freeWithin(range, busyOf(data, ids, range))
    const agents = ids.map((id) => availabilityOf(data, id, range))
    return { agents, common_free: free.map(spanOf) }
  })

  app.post('/v1/scheduling', { onRequest: guard('scheduling:read') }, (request, reply) => {
    const body = meeting.safeParse(request.body)
    if (!body.success) {
      return guard.refuse(request, reply, invalidRequest('body', body.error.issues))
    }
    const range = rangeOf(body.data, now())
    if (range === undefined) return guard.refuse(request, reply, NO_RANGE)
    const { agent_ids: ids, duration_minutes: minutes } = body.data
    const { organization } = callerOf(guard.principal(request))
    if (!allExist(organization, ids)) return guard.refuse(request, reply, NO_AGENT)
    const [first] = freeWithin(range, busyOf(data, ids, range), minutes * MINUTE_MS)
    if (first === undefined) return { slot: null }
    return { slot: spanOf({ start: first.start, end: first.start + minutes * MINUTE_MS }) }
  })
}

/** When an agent is busy and free, on the wire. */
export function availabilityOf(data: Data, agentId: string, range: Span): object {
  const busy = data.events.busy(agentId, range)
  return {
    agent_id: agentId,
    from: spanOf(range).start,
    to: spanOf(range).end,
    busy: busyWithin(range, busy).map(spanOf),
    free: freeWithin(range, busy).map(spanOf),
  }
}

function busyOf(data: Data, ids: readonly string[], range: Span): Span[] {
  return ids.flatMap((id) => data.events.busy(id, range))
}
