import { invalidRequest } from 'keywright'
import { z } from 'zod'
import type { Api } from '../api.ts'
import { callerOf } from '../caller.ts'
import type { CalendarEvent } from '../data/events.ts'
import { instantOf } from '../time/span.ts'
import { type OfAgent, ofAgent } from './of-agent.ts'
import { instantField, NO_RANGE, rangeFields, rangeOf } from './range.ts'

const newEvent = z
  .strictObject({
    calendar_id: z.string().min(1).max(64),
    title: z.string().min(1).max(500),
    start: instantField,
    end: instantField,
  })
  .refine(({ start, end }) => start < end, { path: ['end'], message: 'must come after start' })

const listQuery = z.strictObject(rangeFields)

const NO_EVENT = { code: 'not_found', detail: 'This agent has no such event.' } as const
const NO_CALENDAR = {
  code: 'invalid_request',
  detail: 'body.calendar_id: This agent has no such calendar.',
} as const

export function eventRoutes(api: Api): void {
  const { app, guard, data, courier, now } = api
  const path = '/v1/agents/:agent/events'

  app.post<OfAgent>(path, ofAgent(api, 'events:write'), (request, reply) => {
    const body = newEvent.safeParse(request.body)
    if (!body.success) {
      return guard.refuse(request, reply, invalidRequest('body', body.error.issues))
    }
    const { agent } = request.params
    const { calendar_id: calendarId, title, start, end } = body.data
    if (data.calendars.find(agent, calendarId) === undefined) {
      return guard.refuse(request, reply, NO_CALENDAR)
    }
    const made = data.events.create(agent, { calendarId, title, start, end, createdAt: now() })
    const shown = showEvent(made)
    const { organization } = callerOf(guard.principal(request))
    courier.announce(reply, organization, { type: 'event.created', data: shown })
    return reply.code(201).send(shown)
  })

  app.get<OfAgent>(path, ofAgent(api, 'events:read'), (request, reply) => {
    const query = listQuery.safeParse(request.query)
    if (!query.success) {
      return guard.refuse(request, reply, invalidRequest('query', query.error.issues))
    }
    const range = rangeOf(query.data, now())
    if (range === undefined) return guard.refuse(request, reply, NO_RANGE)
    return { data: data.events.list(request.params.agent, range).map(showEvent) }
  })

  app.delete<{ Params: { agent: string; id: string } }>(
    `${path}/:id`,
    ofAgent(api, 'events:write'),
    (request, reply) => {
      const { agent, id } = request.params
      if (!data.events.delete(agent, id)) return guard.refuse(request, reply, NO_EVENT)
      return reply.code(204).send()
    },
  )
}

function showEvent(event: CalendarEvent): object {
  return {
    id: event.id,
    agent_id: event.agent_id,
    calendar_id: event.calendar_id,
    title: event.title,
    start: instantOf(event.starts_at),
    end: instantOf(event.ends_at),
    created_at: instantOf(event.created_at),
  }
}
