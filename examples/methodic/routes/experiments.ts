import type { Api } from '../api.ts'
import { findPlaced, placedRoutes, showPlaced } from './placed.ts'

/** A request for something of one experiment. */
export interface OfExperiment {
  Params: { experiment: string }
}

export function experimentRoutes(api: Api): void {
  const { app, guard } = api
  placedRoutes(api, 'experiments')

  app.get<OfExperiment>(
    '/experiments/:experiment',
    { onRequest: guard('experiments:read') },
    (request, reply) => {
      const id = request.params.experiment
      const asked = { noun: 'experiments', id, scope: 'experiments:read' } as const
      const found = findPlaced(api, guard.principal(request), asked)
      return 'code' in found ? guard.refuse(request, reply, found) : showPlaced(found)
    },
  )
}
