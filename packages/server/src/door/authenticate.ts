import type { BuiltinScope, Principal } from '@keywright/core'
import { limitHeaders } from '@keywright/verifier'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { sendProblem } from '../answer/send-problem.ts'
import { findCaller } from './caller.ts'
import type { Door } from './door.ts'

const callers = new WeakMap<object, Principal>()

/**
 * A hook that finds out who calls, before anything of the body is read.
 * @param scope what the route takes; undefined where holding a key is enough
 */
export function authenticate(
  door: Door,
  scope?: BuiltinScope,
): (request: FastifyRequest, reply: FastifyReply) => Promise<unknown> {
  return async (request, reply) => {
    const decision = await findCaller(door, request.raw, scope)
    if (!decision.allowed) {
      sendProblem(door, reply, decision)
      return reply
    }
    callers.set(request.raw, decision.principal)
    if (decision.limit !== undefined) reply.headers(limitHeaders(decision.limit))
    return undefined
  }
}

/** Who calls; undefined where nobody had to say. */
export function knownCaller(request: { readonly raw: object }): Principal | undefined {
  return callers.get(request.raw)
}

/** Remembers who calls, for routes that find it out in their own way. */
export function noteCaller(request: { readonly raw: object }, principal: Principal): void {
  callers.set(request.raw, principal)
}

/** Who calls. @throws TypeError on a route that does not authenticate */
export function callerOf(request: { readonly raw: object }): Principal {
  const principal = callers.get(request.raw)
  if (principal === undefined) throw new TypeError('this route does not authenticate')
  return principal
}
