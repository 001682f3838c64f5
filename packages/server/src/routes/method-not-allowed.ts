// A known address asked with another method is answered 405 with what it takes (RFC 9110 section 15.5.6), not 404.

import type { CodedRefusal } from '@keywright/verifier'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { RoutesApp } from './app.ts'

type Answer = (request: FastifyRequest, reply: FastifyReply, refusal: CodedRefusal) => unknown

/**
 * Watches which routes are added.
 * @returns `refuse`, to be called after them: it answers all other methods of their addresses
 */
export function refuseOtherMethods(app: RoutesApp): {
  refuse(scope: RoutesApp, answer: Answer): void
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
    refuse(scope, answer) {
      isDone = true
      for (const [url, methods] of taken) refusePath(scope, answer, { url, methods })
    },
  }
}

function refusePath(
  scope: RoutesApp,
  answer: Answer,
  { url, methods }: { url: string; methods: ReadonlySet<string> },
): void {
  const others = scope.supportedMethods.filter((method) => !methods.has(method))
  if (others.length === 0) return
  const allow = [...methods].toSorted().join(', ')
  const refuse = async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    reply.header('allow', allow)
    const detail = `${request.method} is not for this address. It takes ${allow}.`
    answer(request, reply, { code: 'method_not_allowed', detail })
    return reply
  }
  // Before the body is read: what is in it does not matter.
  scope.route({ method: others, url, schema: { hide: true }, onRequest: refuse, handler: refuse })
}
