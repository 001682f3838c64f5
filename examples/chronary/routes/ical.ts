import { invalidRequest } from 'keywright'
import { z } from 'zod'
import type { Api } from '../api.ts'
import type { Subscription } from '../data/subscriptions.ts'
import { writeCalendar } from '../time/write-calendar.ts'
import { instantOf } from '../time/span.ts'
import { type OfAgent, ofAgent } from './of-agent.ts'

const newSubscription = z.strictObject({ calendar_id: z.string().min(1).max(64) })

const ALL_TIME = { start: 0, end: Number.MAX_SAFE_INTEGER }

const NO_SUBSCRIPTION = { code: 'not_found', detail: 'There is no such subscription.' } as const
const NO_CALENDAR = {
  code: 'invalid_request',
  detail: 'body.calendar_id: This agent has no such calendar.',
} as const

interface OfSubscription {
  Params: { agent: string; id: string }
}

export function icalRoutes(api: Api): void {
  const { app, guard, data, now } = api
  const path = '/v1/agents/:agent/ical-subscriptions'

  app.post<OfAgent>(path, ofAgent(api, 'ical:write'), (request, reply) => {
    const body = newSubscription.safeParse(request.body)
    if (!body.success) {
      return guard.refuse(request, reply, invalidRequest('body', body.error.issues))
    }
    const { agent } = request.params
    const calendarId = body.data.calendar_id
    if (data.calendars.find(agent, calendarId) === undefined) {
      return guard.refuse(request, reply, NO_CALENDAR)
    }
    const made = data.subscriptions.create(agent, { calendarId, createdAt: now() })
    return reply.code(201).send(showSubscription(made))
  })

  app.get<OfAgent>(path, ofAgent(api, 'ical:read'), (request) => ({
    data: data.subscriptions.list(request.params.agent).map(showSubscription),
  }))

  app.delete<OfSubscription>(`${path}/:id`, ofAgent(api, 'ical:write'), (request, reply) => {
    const { agent, id } = request.params
    if (!data.subscriptions.delete(agent, id)) return guard.refuse(request, reply, NO_SUBSCRIPTION)
    return reply.code(204).send()
  })

  app.get<OfSubscription>(`${path}/:id/feed`, ofAgent(api, 'ical:read'), (request, reply) => {
    const { agent, id } = request.params
    const followed = data.subscriptions.find(agent, id)
    if (followed === undefined) return guard.refuse(request, reply, NO_SUBSCRIPTION)
    const events = data.events.list(agent, ALL_TIME)
    const feed = writeCalendar(events.filter((event) => event.calendar_id === followed.calendar_id))
    return reply.type('text/calendar; charset=utf-8').send(feed)
  })

  // Everything of the agent, without a subscription.
  app.get<OfAgent>('/v1/agents/:agent/ical', ofAgent(api, 'ical:read'), (request, reply) =>
    reply
      .type('text/calendar; charset=utf-8')
      .send(writeCalendar(data.events.list(request.params.agent, ALL_TIME))),
  )
}

function showSubscription({ id, agent_id, calendar_id, created_at }: Subscription): object {
  const url = `/v1/agents/${agent_id}/ical-subscriptions/${id}/feed`
  return { id, agent_id, calendar_id, url, created_at: instantOf(created_at) }
}
