import { invalidRequest } from 'keywright'
import { z } from 'zod'
import type { Api } from '../api.ts'
import type { Variation } from '../data/variations.ts'
import { instantOf } from '../instant-of.ts'
import type { OfExperiment } from './experiments.ts'
import type { OfVariation } from './find-variation.ts'
import { findVariation } from './find-variation.ts'
import { numberedPage, pageOf } from './page.ts'
import { findPlaced } from './placed.ts'

const newVariation = z.strictObject({
  name: z.string().min(1).max(200).optional(),
  parameters: z.record(z.string().max(100), z.json()).default({}),
})

export function variationRoutes(api: Api): void {
  const { app, guard, data, now } = api
  const path = '/experiments/:experiment/variations'

  app.post<OfExperiment>(path, { onRequest: guard('experiments:write') }, (request, reply) => {
    const id = request.params.experiment
    const asked = { noun: 'experiments', id, scope: 'experiments:write' } as const
    const experiment = findPlaced(api, guard.principal(request), asked)
    if ('code' in experiment) return guard.refuse(request, reply, experiment)
    const body = newVariation.safeParse(request.body ?? {})
    if (!body.success) {
      return guard.refuse(request, reply, invalidRequest('body', body.error.issues))
    }
    const { name = null, parameters } = body.data
    const text = JSON.stringify(parameters)
    const made = data.variations.create(experiment.id, { name, parameters: text, createdAt: now() })
    return reply.code(201).send(showVariation(made))
  })

  app.get<OfExperiment>(path, { onRequest: guard('experiments:read') }, (request, reply) => {
    const query = numberedPage.safeParse(request.query)
    if (!query.success) {
      return guard.refuse(request, reply, invalidRequest('query', query.error.issues))
    }
    const id = request.params.experiment
    const asked = { noun: 'experiments', id, scope: 'experiments:read' } as const
    const experiment = findPlaced(api, guard.principal(request), asked)
    if ('code' in experiment) return guard.refuse(request, reply, experiment)
    const { cursor, limit } = query.data
    const rows = data.variations.list(experiment.id, { after: cursor, limit: limit + 1 })
    const { shown, next_cursor } = pageOf(rows, limit, ({ number }) => number)
    return { data: shown.map(showVariation), next_cursor }
  })

  app.get<OfVariation>(
    `${path}/:variation`,
    { onRequest: guard('experiments:read') },
    (request, reply) => {
      const asked = { params: request.params, scope: 'experiments:read' } as const
      const found = findVariation(api, guard.principal(request), asked)
      if ('code' in found) return guard.refuse(request, reply, found)
      return showVariation(found.variation)
    },
  )
}

function showVariation(variation: Variation): object {
  const { experiment_id, number, name, parameters, created_at } = variation
  return {
    experiment_id,
    variation: number,
    name,
    parameters: JSON.parse(parameters) as unknown,
    created_at: instantOf(created_at),
  }
}
