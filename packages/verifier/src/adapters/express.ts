// The guard for Express 5, as route middleware. It needs of a request what Node and Express give every request, and
// writes the answer through Node, so that Express adds nothing to it.

import type { ServerResponse } from 'node:http'
import type { Principal, Verifier } from '@keywright/core'
import type { ProblemAnswer } from '../problem/problem-of.ts'
import type { GuardOptions, GuardSettings, Refusal } from './guard.ts'
import { makeCheck, makeRefuser } from './guard.ts'
import { guardedPrincipal } from './guarded-principal.ts'
import { headerLines } from './header-lines.ts'

export type { GuardOptions, GuardSettings, Refusal } from './guard.ts'

declare global {
  // The place Express names for what middleware adds to requests.
  namespace Express {
    interface Request {
      /** Who is calling. There behind a guard only; `guard.principal(req)` has the definition's names as types. */
      principal: Principal
    }
  }
}

/** What a guard uses of an Express request; also its `params`, whose type is each route's own to infer. */
export interface ExpressRequest {
  readonly rawHeaders: readonly string[]
  readonly originalUrl: string
  /** The peer's address, by the app's `trust proxy` setting. */
  readonly ip?: string | undefined
  principal: Principal
}

interface RouteParams {
  readonly params?: Readonly<Record<string, unknown>>
}

/** Middleware for one route. Without a scope it only authenticates. */
export interface ExpressGuard<Scope extends string, Kinds extends string, Mode extends string> {
  (
    scope?: Scope,
    options?: GuardOptions<Mode>,
  ): (req: ExpressRequest, res: ServerResponse, next: () => void) => Promise<void>
  /** Who is calling, by the definition's kinds and modes. @throws TypeError where no guard ran */
  principal(req: ExpressRequest): Principal<Kinds, Mode>
  /**
   * Answers what the handler itself refuses: a refused verb of keys, of `permits`, or a code of its own, in the same
   * form as the guard's refusals.
   */
  refuse(req: object, res: ServerResponse, refusal: Refusal): void
  /** The name of a request in its refusals, unlike any other; for logs and `x-request-id`. */
  requestId(req: object): string
}

/**
 * Guards for Express 5.
 *
 * @example
 * const guard = expressGuard(authority)
 * app.get('/v1/agents', guard('agents:read'), (req, res) => res.json({ of: req.principal.resource }))
 * @throws TypeError (the guard) for a scope, mode or resource that the definition does not have
 */
export function expressGuard<Scope extends string, Kinds extends string, Mode extends string>(
  authority: Verifier<Scope, Kinds, Mode>,
  settings: GuardSettings = {},
): ExpressGuard<Scope, Kinds, Mode> {
  const word = makeRefuser(authority, settings)
  const guard = (scope?: Scope, options?: GuardOptions<Mode>) => {
    const check = makeCheck(authority, { ...options, scope }, settings)
    return async (req: ExpressRequest, res: ServerResponse, next: () => void): Promise<void> => {
      const verdict = await check({
        identity: req,
        url: req.originalUrl,
        header: (name) => headerLines(req.rawHeaders, name),
        param: (name) => (req as ExpressRequest & RouteParams).params?.[name],
        network: req.ip,
      })
      if (verdict.allowed) {
        req.principal = verdict.principal
        res.setHeaders(new Map(Object.entries(verdict.headers)))
        next()
        return
      }
      send(res, verdict.problem)
    }
  }
  return Object.assign(guard, {
    principal: guardedPrincipal<Kinds, Mode>,
    refuse: (req: object, res: ServerResponse, refusal: Refusal) => send(res, word(req, refusal)),
    requestId: word.requestId,
  })
}

function send(res: ServerResponse, { status, headers, body }: ProblemAnswer): void {
  res.statusCode = status
  res.setHeaders(new Map(Object.entries(headers)))
  res.end(JSON.stringify(body))
}
