// Files of datasets. A body is taken as it comes, whatever type it says, up to a bound; clients send many small files
// side by side.

import type { FastifyInstance } from 'fastify'
import { invalidRequest } from 'keywright'
import { z } from 'zod'
import type { Api } from '../api.ts'
import { NOT_FOUND } from '../caller.ts'
import type { OfDataset } from './datasets.ts'
import { findPlaced } from './placed.ts'
import { showAsset } from './show-asset.ts'

const ASSET_BYTES_MAX = 16 * 1024 * 1024
const CONTENT_TYPE_DEFAULT = 'application/octet-stream'

interface OfAsset {
  Params: OfDataset['Params'] & { name: string }
}

const assetName = z.strictObject({
  name: z
    .string()
    .regex(/^(?!\.)[\w.-]{1,200}$/, 'has letters, digits and . _ -, and begins with no dot'),
})

export function assetRoutes(api: Api): void {
  // Of its own, so that no other route takes bodies that large.
  void api.app.register(async (app) => {
    app.removeAllContentTypeParsers()
    app.addContentTypeParser(
      '*',
      { parseAs: 'buffer', bodyLimit: ASSET_BYTES_MAX },
      (_request, body, done) => done(null, body),
    )
    addRoutes(app, api)
  })
}

function addRoutes(app: FastifyInstance, api: Api): void {
  const { guard, data, now } = api
  const path = '/datasets/:dataset/assets/:name'

  app.post<OfAsset>(
    path,
    { onRequest: guard('datasets:write'), bodyLimit: ASSET_BYTES_MAX },
    (request, reply) => {
      const { dataset: id, name } = request.params
      const asked = { noun: 'datasets', id, scope: 'datasets:write' } as const
      const found = findPlaced(api, guard.principal(request), asked)
      if ('code' in found) return guard.refuse(request, reply, found)
      const named = assetName.safeParse({ name })
      if (!named.success) {
        return guard.refuse(request, reply, invalidRequest('path', named.error.issues))
      }
      const content = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0)
      const contentType = request.headers['content-type'] ?? CONTENT_TYPE_DEFAULT
      const asset = { name, contentType, content, uploadedAt: now() }
      return reply.code(201).send(showAsset(data.assets.put(found.id, asset)))
    },
  )

  app.get<OfAsset>(path, { onRequest: guard('datasets:read') }, (request, reply) => {
    const { dataset: id, name } = request.params
    const asked = { noun: 'datasets', id, scope: 'datasets:read' } as const
    const found = findPlaced(api, guard.principal(request), asked)
    if ('code' in found) return guard.refuse(request, reply, found)
    const asset = data.assets.read(found.id, name)
    if (asset === undefined) return guard.refuse(request, reply, NOT_FOUND)
    // Somebody's upload, shown by a browser, must not act as a page of this origin.
    return reply
      .type(asset.contentType)
      .header('content-disposition', 'attachment')
      .header('x-content-type-options', 'nosniff')
      .send(Buffer.from(asset.content))
  })
}
