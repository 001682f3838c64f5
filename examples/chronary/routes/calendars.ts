import { invalidRequest } from 'keywright'
import { z } from 'zod'
import type { Api } from '../api.ts'
import type { Calendar } from '../data/calendars.ts'
import { instantOf } from '../time/span.ts'
import { type OfAgent, ofAgent } from './of-agent.ts'

const newCalendar = z.strictObject({ name: z.string().min(1).max(200) })

const NO_CALENDAR = { code: 'not_found', detail: 'This agent has no such calendar.' } as const

export function calendarRoutes(api: Api): void {
  const { app, guard, data, now } = api
  const path = '/v1/agents/:agent/calendars'

  app.post<OfAgent>(path, ofAgent(api, 'calendars:write'), (request, reply) => {
    const body = newCalendar.safeParse(request.body)
    if (!body.success) {
      return guard.refuse(request, reply, invalidRequest('body', body.error.issues))
    }
    const { agent } = request.params
    const calendar = data.calendars.create(agent, { name: body.data.name, createdAt: now() })
    return reply.code(201).send(showCalendar(calendar))
  })

  app.get<OfAgent>(path, ofAgent(api, 'calendars:read'), (request) => ({
    data: data.calendars.list(request.params.agent).map(showCalendar),
  }))

  app.delete<{ Params: { agent: string; id: string } }>(
    `${path}/:id`,
    ofAgent(api, 'calendars:write'),
    (request, reply) => {
      const { agent, id } = request.params
      if (!data.calendars.delete(agent, id)) return guard.refuse(request, reply, NO_CALENDAR)
      return reply.code(204).send()
    },
  )
}

function showCalendar({ id, agent_id, name, created_at }: Calendar): object {
  return { id, agent_id, name, created_at: instantOf(created_at) }
}
