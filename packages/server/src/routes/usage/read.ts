import type { z } from 'zod'
import type { usageAnswerSchema } from '@keywright/contract'
import { readUsageQuerySchema, usageAnswerSchema as answerSchema } from '@keywright/contract'
import type { QuotaStanding, UsageQuery, UsageRow } from '@keywright/core'
import { instant } from '@keywright/core'
import { BEARER, CALLER_PROBLEMS, json, problems } from '../../answer/documented.ts'
import { sendProblem } from '../../answer/send-problem.ts'
import { authenticate, callerOf } from '../../door/authenticate.ts'
import type { Door } from '../../door/door.ts'
import { decodeUsageCursor, encodeCursor } from '../../request/cursor.ts'
import type { RoutesApp } from '../app.ts'

type Answer = z.output<typeof usageAnswerSchema>

export function usageRoute(app: RoutesApp, door: Door): void {
  app.route({
    method: 'GET',
    url: '/v1/usage',
    onRequest: authenticate(door, 'keys:usage'),
    schema: {
      operationId: 'readUsage',
      summary: 'Use by key and day, and how quotas stand',
      description: 'quotas are those of key_id, or of the caller.',
      security: BEARER,
      querystring: readUsageQuerySchema,
      response: {
        200: json('A page of usage, and the quotas.', answerSchema),
        ...problems(...CALLER_PROBLEMS, 404, 422),
      },
    },
    handler: async (request, reply) => {
      const { cursor, key_id: keyId, from, to, ...filters } = request.query
      const after = cursor === undefined ? undefined : decodeUsageCursor(cursor)
      const month = monthOf(door.clock.now())
      const days = { from: from ?? month.from, to: to ?? month.to }
      const desk = door.authority.as(callerOf(request))
      const outcome = await desk.usage.read({ ...days, ...filters, keyId, after })
      if (!outcome.ok) return sendProblem(door, reply, outcome)
      const standing = await desk.usage.quotas(keyId)
      if (!standing.ok) return sendProblem(door, reply, standing)
      return reply.code(200).send({
        data: outcome.rows.map(rowView),
        next_cursor: encodeCursor(placeOf(outcome.next)),
        quotas: standing.quotas.map(quotaView),
      })
    },
  })
}

/** First and last day of a month in UTC. */
function monthOf(nowMs: number): { from: string; to: string } {
  const now = new Date(nowMs)
  const [year, month] = [now.getUTCFullYear(), now.getUTCMonth()]
  const day = (ms: number): string => instant(ms).slice(0, 10)
  return { from: day(Date.UTC(year, month, 1)), to: day(Date.UTC(year, month + 1, 0)) }
}

function placeOf(next: UsageQuery['after'] | null): string | null {
  return next === null || next === undefined ? null : `${next.day} ${next.keyId}`
}

function rowView(row: UsageRow): Answer['data'][number] {
  const { keyId, kind, resource, mode, day, allowed, refused, units } = row
  return { key_id: keyId, kind, resource, mode, day, allowed, refused, units }
}

function quotaView(standing: QuotaStanding): Answer['quotas'][number] {
  const { name, subject, mode, period, limit, used, remaining, periodEndsAt } = standing
  const ends = { period_ends_at: instant(periodEndsAt) }
  return { name, subject, mode, period, limit, used, remaining, ...ends }
}
