import type { RoutesApp } from '../../routes/app.ts'
import type { Site } from '../site.ts'

/** What a page loads has a version in its address. */
const KEPT = 'public, max-age=31536000, immutable'

export function assetRoutes(app: RoutesApp, { assets }: Site): void {
  for (const { route, type, bytes } of Object.values(assets)) {
    app.route({
      method: 'GET',
      url: route,
      schema: { hide: true },
      handler: (_request, reply) => {
        reply.headers({ 'content-type': type, 'cache-control': KEPT })
        reply.header('cross-origin-resource-policy', 'same-origin')
        // An icon opened by itself is a document too.
        reply.header('content-security-policy', "default-src 'none'; frame-ancestors 'none'")
        reply.send(bytes)
      },
    })
  }
}
