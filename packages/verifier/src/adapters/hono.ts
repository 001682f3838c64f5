// The guard for Hono, as route middleware.

import type { Principal, Verifier } from '@keywright/core'
import type { Context, MiddlewareHandler } from 'hono'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import type { ProblemAnswer } from '../problem/problem-of.ts'
import type { GuardOptions, GuardSettings, Refusal } from './guard.ts'
import { makeCheck, makeRefuser } from './guard.ts'

export type { GuardOptions, GuardSettings, Refusal } from './guard.ts'

/** What a guard adds to Hono's environment: `c.get('principal')`. */
export interface GuardEnv<Kinds extends string = string, Mode extends string = string> {
  Variables: { principal: Principal<Kinds, Mode> }
}

export interface HonoGuardSettings extends GuardSettings {
  /**
   * The address of the peer, as `(c) => getConnInfo(c).remote.address`; without it, guesses are not slowed down by
   * network.
   */
  readonly network?: (context: Context) => string | undefined
}

/** Middleware for one route. Without a scope it only authenticates. */
export interface HonoGuard<Scope extends string, Kinds extends string, Mode extends string> {
  (scope?: Scope, options?: GuardOptions<Mode>): MiddlewareHandler<GuardEnv<Kinds, Mode>>
  /**
   * Answers what the handler itself refuses: a refused verb of keys, of `permits`, or a code of its own, in the same
   * form as the guard's refusals.
   */
  refuse(context: Context, refusal: Refusal): Response
  /** The name of a request in its refusals, unlike any other; for logs and `x-request-id`. */
  requestId(context: Context): string
}

/**
 * Guards for Hono.
 *
 * @example
 * const guard = honoGuard(authority)
 * app.get('/v1/agents/:id', guard('agents:read', { resource: 'organizations/-/agents/:id' }), (c) =>
 *   c.json({ of: c.get('principal').resource }))
 * @throws TypeError (the guard) for a scope, mode or resource that the definition does not have
 */
export function honoGuard<Scope extends string, Kinds extends string, Mode extends string>(
  authority: Verifier<Scope, Kinds, Mode>,
  settings: HonoGuardSettings = {},
): HonoGuard<Scope, Kinds, Mode> {
  const word = makeRefuser(authority, settings)
  const guard = (
    scope?: Scope,
    options?: GuardOptions<Mode>,
  ): MiddlewareHandler<GuardEnv<Kinds, Mode>> => {
    const check = makeCheck(authority, { ...options, scope }, settings)
    return async (c, next) => {
      const verdict = await check({
        // Not `c.req.raw`, which middleware may replace.
        identity: c.req,
        url: c.req.raw.url,
        // `Headers` joins repeated lines with a comma, which no credential holds.
        header: (name) => valuesOf(c.req.header(name)),
        param: (name) => c.req.param(name),
        network: settings.network?.(c),
      })
      if (!verdict.allowed) return send(c, verdict.problem)
      c.set('principal', verdict.principal)
      await next()
      // Afterwards, so that responses made without the context have them as well.
      for (const [name, value] of Object.entries(verdict.headers)) c.header(name, value)
      return undefined
    }
  }
  return Object.assign(guard, {
    refuse: (c: Context, refusal: Refusal) => send(c, word(c.req, refusal)),
    requestId: (c: Context) => word.requestId(c.req),
  })
}

function send(c: Context, { status, headers, body }: ProblemAnswer): Response {
  return c.body(JSON.stringify(body), status as ContentfulStatusCode, { ...headers })
}

function valuesOf(joined: string | undefined): readonly string[] {
  return joined === undefined ? [] : [joined]
}
