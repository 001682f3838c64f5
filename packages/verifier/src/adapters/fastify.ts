// The guard for Fastify 5, as a `preHandler` (or an earlier hook). It names only what it uses of a request and a
// reply, so it fits routes of any type provider and schema.

import type { Principal, Verifier } from '@keywright/core'
import type { FastifyRequest } from 'fastify'
import type { ProblemAnswer } from '../problem/problem-of.ts'
import type { GuardOptions, GuardSettings, Refusal } from './guard.ts'
import { makeCheck, makeRefuser } from './guard.ts'
import { guardedPrincipal } from './guarded-principal.ts'
import { headerLines } from './header-lines.ts'

export type { GuardOptions, GuardSettings, Refusal } from './guard.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** Who is calling. There behind a guard only; `guard.principal(request)` has the definition's names as types. */
    principal: Principal
  }
}

/** What a guard uses of a Fastify request. */
export interface GuardedRequest extends Pick<FastifyRequest, 'originalUrl' | 'principal'> {
  readonly raw: { readonly rawHeaders: readonly string[] }
  readonly params: unknown
  /** The peer's address, by the app's `trustProxy` setting. */
  readonly ip: string
}

/** What a guard uses of a Fastify reply. */
export interface GuardedReply {
  statusCode: number
  headers(values: Record<string, string>): unknown
  send(payload: never): unknown
}

/** A hook for one route. Without a scope it only authenticates. */
export interface FastifyGuard<Scope extends string, Kinds extends string, Mode extends string> {
  (
    scope?: Scope,
    options?: GuardOptions<Mode>,
  ): (request: GuardedRequest, reply: GuardedReply) => Promise<unknown>
  /** Who is calling, by the definition's kinds and modes. @throws TypeError where no guard ran */
  principal(request: GuardedRequest): Principal<Kinds, Mode>
  /**
   * Answers what the handler itself refuses: a refused verb of keys, of `permits`, or a code of its own, in the same
   * form as the guard's refusals.
   */
  refuse(request: Pick<GuardedRequest, 'raw'>, reply: GuardedReply, refusal: Refusal): unknown
  /**
   * The name of a request in its refusals, unlike any other. As `genReqId` it is that of the app too, for logs, for
   * `x-request-id` and in the answers of Keywright's own routes.
   */
  requestId(raw: object): string
}

/**
 * Guards for Fastify 5.
 *
 * @example
 * const guard = fastifyGuard(authority)
 * app.get('/v1/agents', { preHandler: guard('agents:read') }, (request) => ({ of: request.principal.resource }))
 * @throws TypeError (the guard) for a scope, mode or resource that the definition does not have
 */
export function fastifyGuard<Scope extends string, Kinds extends string, Mode extends string>(
  authority: Verifier<Scope, Kinds, Mode>,
  settings: GuardSettings = {},
): FastifyGuard<Scope, Kinds, Mode> {
  const word = makeRefuser(authority, settings)
  const guard = (scope?: Scope, options?: GuardOptions<Mode>) => {
    const check = makeCheck(authority, { ...options, scope }, settings)
    return async (request: GuardedRequest, reply: GuardedReply): Promise<unknown> => {
      const verdict = await check({
        identity: request.raw,
        url: request.originalUrl,
        header: (name) => headerLines(request.raw.rawHeaders, name),
        param: (name) => paramOf(request.params, name),
        network: request.ip,
      })
      if (verdict.allowed) {
        request.principal = verdict.principal
        reply.headers({ ...verdict.headers })
        return undefined
      }
      return send(reply, verdict.problem)
    }
  }
  return Object.assign(guard, {
    principal: guardedPrincipal<Kinds, Mode>,
    refuse: (request: Pick<GuardedRequest, 'raw'>, reply: GuardedReply, refusal: Refusal) =>
      send(reply, word(request.raw, refusal)),
    requestId: word.requestId,
  })
}

function send(reply: GuardedReply, { status, headers, body }: ProblemAnswer): unknown {
  reply.statusCode = status
  reply.headers({ ...headers })
  // Bytes: of text, Fastify would give the content type a charset, and of an object drop what a schema lacks.
  return reply.send(Buffer.from(JSON.stringify(body)) as never)
}

function paramOf(params: unknown, name: string): unknown {
  return typeof params === 'object' && params !== null ? Reflect.get(params, name) : undefined
}
