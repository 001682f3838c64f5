import type { Allowed, BuiltinScope, Decision, Principal, Refused } from '@keywright/core'
import type { CodedRefusal } from '@keywright/verifier'
import { limitHeaders } from '@keywright/verifier'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { sendProblem } from '../answer/send-problem.ts'
import type { Door } from './door.ts'
import { findCallerOrSession } from './signed-in.ts'

interface Caller {
  readonly principal: Principal
  /** Whether it still may. */
  readonly again: () => Promise<Decision | CodedRefusal> | Refused
}

const callers = new WeakMap<object, Caller>()

/**
 * A hook that finds out who calls, before anything of the body is read.
 * @param scope what the route takes; undefined where holding a key is enough
 */
export function authenticate(
  door: Door,
  scope?: BuiltinScope,
): (request: FastifyRequest, reply: FastifyReply) => Promise<unknown> {
  return async (request, reply) => {
    const decision = await findCallerOrSession(door, request.raw, { scope })
    if (!isAllowed(decision)) {
      sendProblem(door, reply, decision)
      return reply
    }
    const again = () => findCallerOrSession(door, request.raw, { scope, isAgain: true })
    callers.set(request.raw, { principal: decision.principal, again })
    if (decision.limit !== undefined) reply.headers(limitHeaders(decision.limit))
    return undefined
  }
}

/** Who calls; undefined where nobody had to say. */
export function knownCaller(request: { readonly raw: object }): Principal | undefined {
  return callers.get(request.raw)?.principal
}

/** Why who calls may no longer, now that the body is there; undefined when nothing changed. */
export async function refuseEnded(request: {
  readonly raw: object
}): Promise<Refused | CodedRefusal | undefined> {
  const decision = await callers.get(request.raw)?.again()
  return decision === undefined || isAllowed(decision) ? undefined : decision
}

function isAllowed(decision: Decision | CodedRefusal): decision is Allowed {
  return 'allowed' in decision && decision.allowed
}

/** Remembers who calls, for routes that find it out in their own way. */
export function noteCaller(request: { readonly raw: object }, caller: Caller): void {
  callers.set(request.raw, caller)
}

/** Who calls. @throws TypeError on a route that does not authenticate */
export function callerOf(request: { readonly raw: object }): Principal {
  const principal = knownCaller(request)
  if (principal === undefined) throw new TypeError('this route does not authenticate')
  return principal
}
