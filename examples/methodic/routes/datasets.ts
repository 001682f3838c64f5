import type { Api } from '../api.ts'
import { findPlaced, placedRoutes, showPlaced } from './placed.ts'
import { showAsset } from './show-asset.ts'

/** A request for something of one dataset. */
export interface OfDataset {
  Params: { dataset: string }
}

export function datasetRoutes(api: Api): void {
  const { app, guard, data } = api
  placedRoutes(api, 'datasets')

  app.get<OfDataset>(
    '/datasets/:dataset',
    { onRequest: guard('datasets:read') },
    (request, reply) => {
      const id = request.params.dataset
      const asked = { noun: 'datasets', id, scope: 'datasets:read' } as const
      const found = findPlaced(api, guard.principal(request), asked)
      if ('code' in found) return guard.refuse(request, reply, found)
      return { ...showPlaced(found), assets: data.assets.list(found.id).map(showAsset) }
    },
  )
}
