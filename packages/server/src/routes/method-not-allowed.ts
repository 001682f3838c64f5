// A known address asked with another method is answered 405 with what it takes (RFC 9110 section 15.5.6), not 404.

import { sendProblem } from '../answer/send-problem.ts'
import type { Door } from '../door/door.ts'
import type { RoutesApp } from './app.ts'

/**
 * Watches which routes are added.
 * @returns `refuse`, to be called after them: it answers all other methods of their addresses
 */
export function refuseOtherMethods(app: RoutesApp): {
  refuse(scope: RoutesApp, door: Door): void
} {
  const taken = new Map<string, Set<string>>()
  let isDone = false
  app.addHook('onRoute', ({ routePath, method }) => {
    if (isDone) return
    const methods = taken.get(routePath) ?? new Set()
    taken.set(routePath, methods)
    for (const one of [method].flat()) methods.add(one)
  })
  return {
    refuse(scope, door) {
      isDone = true
      for (const [url, methods] of taken) refusePath(scope, door, { url, methods })
    },
  }
}

function refusePath(
  scope: RoutesApp,
  door: Door,
  { url, methods }: { url: string; methods: ReadonlySet<string> },
): void {
  const others = scope.supportedMethods.filter((method) => !methods.has(method))
  if (others.length === 0) return
  const allow = [...methods].toSorted().join(', ')
  scope.route({
    method: others,
    url,
    schema: { hide: true },
    handler: (request, reply) => {
      reply.header('allow', allow)
      const detail = `${request.method} is not for this address. It takes ${allow}.`
      sendProblem(door, reply, { code: 'method_not_allowed', detail })
    },
  })
}
