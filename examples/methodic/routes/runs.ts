// Runs, from the outside and from within: the worker of a run comes here with a key that is bound to it. Finishing a
// run ends its resource, and with it every key that is bound there.

import { invalidRequest } from 'keywright'
import { z } from 'zod'
import type { Api } from '../api.ts'
import { instantOf } from '../instant-of.ts'
import type { OfRun } from './find-run.ts'
import { findRun } from './find-run.ts'
import type { OfVariation } from './find-variation.ts'
import { findVariation } from './find-variation.ts'
import { numberedPage, pageOf } from './page.ts'
import { showRun } from './show-run.ts'

const newMetric = z.strictObject({
  name: z.string().min(1).max(100),
  value: z.number(),
  step: z.number().int().min(0).max(1e9).default(0),
})

const finishing = z.strictObject({ outcome: z.enum(['succeeded', 'failed']).default('succeeded') })

export function runRoutes(api: Api): void {
  const { app, guard, authority, data, runner, now } = api
  const path = '/experiments/:experiment/variations/:variation/runs'

  app.post<OfVariation>(path, { onRequest: guard('runs:write') }, (request, reply) => {
    const asked = { params: request.params, scope: 'runs:write' } as const
    const found = findVariation(api, guard.principal(request), asked)
    if ('code' in found) return guard.refuse(request, reply, found)
    return reply.code(201).send(showRun(api, data.runs.create(found, now())))
  })

  app.get<OfVariation>(path, { onRequest: guard('runs:read') }, (request, reply) => {
    const query = numberedPage.safeParse(request.query)
    if (!query.success) {
      return guard.refuse(request, reply, invalidRequest('query', query.error.issues))
    }
    const asked = { params: request.params, scope: 'runs:read' } as const
    const found = findVariation(api, guard.principal(request), asked)
    if ('code' in found) return guard.refuse(request, reply, found)
    const { cursor, limit } = query.data
    const rows = data.runs.list(found.variation, { after: cursor, limit: limit + 1 })
    const { shown, next_cursor } = pageOf(rows, limit, (row) => row.number)
    return { data: shown.map((row) => showRun(api, row)), next_cursor }
  })

  app.get<OfRun>(`${path}/:run`, { onRequest: guard('runs:read') }, (request, reply) => {
    const asked = { params: request.params, scope: 'runs:read' } as const
    const run = findRun(api, guard.principal(request), asked)
    if ('code' in run) return guard.refuse(request, reply, run)
    const metrics = data.metrics
      .list(run.resource)
      .map((metric) => ({ ...metric, reported_at: instantOf(metric.reported_at) }))
    return { ...showRun(api, run), metrics }
  })

  app.post<OfRun>(`${path}/:run/metrics`, { onRequest: guard('runs:write') }, (request, reply) => {
    const asked = { params: request.params, scope: 'runs:write' } as const
    const run = findRun(api, guard.principal(request), asked)
    if ('code' in run) return guard.refuse(request, reply, run)
    if (run.finished_at !== null) return guard.refuse(request, reply, FINISHED)
    const body = newMetric.safeParse(request.body)
    if (!body.success) {
      return guard.refuse(request, reply, invalidRequest('body', body.error.issues))
    }
    data.metrics.report(run.resource, { ...body.data, reported_at: now() })
    return reply.code(204).send()
  })

  app.post<OfRun>(
    `${path}/:run/finish`,
    { onRequest: guard('runs:write') },
    async (request, reply) => {
      const asked = { params: request.params, scope: 'runs:write' } as const
      const run = findRun(api, guard.principal(request), asked)
      if ('code' in run) return guard.refuse(request, reply, run)
      const body = finishing.safeParse(request.body ?? {})
      if (!body.success) {
        return guard.refuse(request, reply, invalidRequest('body', body.error.issues))
      }
      const finished = data.runs.finish(run.resource, { ...body.data, at: now() })
      // By the product itself: a worker may say that its run is over, and no key ends what it is bound to. Finishing
      // again does this again, so that a crash in between leaves nothing that cannot be mended.
      const ended = await authority.asOperator('run-finished').resources.end(run.resource)
      if (!ended.ok) return guard.refuse(request, reply, ended)
      runner.wind(run.resource)
      return showRun(api, finished)
    },
  )
}

/** The refusal of what a finished run no longer takes. */
export const FINISHED = {
  code: 'already_ended',
  detail: 'This run is finished. Make another run of its variation.',
} as const
