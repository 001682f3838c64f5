// The guard for handlers of the fetch kind: `(request: Request) => Response`, with or without a router.

import type { Principal, Verifier } from '@keywright/core'
import type { ProblemAnswer } from '../problem/problem-of.ts'
import type { GuardOptions, GuardSettings, Refusal } from './guard.ts'
import { makeCheck, makeRefuser } from './guard.ts'

export type { GuardOptions, GuardSettings, Refusal } from './guard.ts'

/** Route parameters by name, as a router found them. */
export type RouteParams = Readonly<Record<string, string | undefined>>

/** A handler behind a guard. */
export type GuardedHandler<Kinds extends string, Mode extends string> = (
  request: Request,
  caller: { readonly principal: Principal<Kinds, Mode>; readonly params: RouteParams },
) => Response | Promise<Response>

/** A handler that answers for itself who may not pass. */
export type FetchHandler = (request: Request, params?: RouteParams) => Promise<Response>

export interface FetchGuardSettings extends GuardSettings {
  /** The address of the peer, where the platform knows it; without it, guesses are not slowed down by network. */
  readonly network?: (request: Request) => string | undefined
}

/** Puts a handler behind a scope: `guard('agents:read', (request, { principal }) => …)`. */
export interface FetchGuard<Scope extends string, Kinds extends string, Mode extends string> {
  /** Authenticates only. */
  (handler: GuardedHandler<Kinds, Mode>): FetchHandler
  (scope: Scope, handler: GuardedHandler<Kinds, Mode>): FetchHandler
  (
    scope: Scope | undefined,
    options: GuardOptions<Mode>,
    handler: GuardedHandler<Kinds, Mode>,
  ): FetchHandler
  /**
   * Answers what the handler itself refuses: a refused verb of keys, of `permits`, or a code of its own, in the same
   * form as the guard's refusals.
   */
  refuse(request: Request, refusal: Refusal): Response
  /** The name of a request in its refusals, unlike any other; for logs and `x-request-id`. */
  requestId(request: Request): string
}

/**
 * Guards for fetch handlers.
 *
 * @example
 * const guard = fetchGuard(authority)
 * const list = guard('agents:read', (request, { principal }) => Response.json({ of: principal.resource }))
 * @throws TypeError (the guard) for a scope, mode or resource that the definition does not have
 */
export function fetchGuard<Scope extends string, Kinds extends string, Mode extends string>(
  authority: Verifier<Scope, Kinds, Mode>,
  settings: FetchGuardSettings = {},
): FetchGuard<Scope, Kinds, Mode> {
  type Handler = GuardedHandler<Kinds, Mode>
  const word = makeRefuser(authority, settings)
  const guard = (
    ...given: [Handler] | [Scope, Handler] | [Scope | undefined, GuardOptions<Mode>, Handler]
  ): FetchHandler => {
    const handler = given.at(-1) as Handler
    const scope = given.length === 1 ? undefined : given[0]
    const options = given.length === 3 ? given[1] : {}
    const check = makeCheck(authority, { ...options, scope }, settings)
    return async (request, params = {}) => {
      const verdict = await check({
        identity: request,
        url: request.url,
        // `Headers` joins repeated lines with a comma, which no credential holds.
        header: (name) => valuesOf(request.headers.get(name)),
        param: (name) => (Object.hasOwn(params, name) ? params[name] : undefined),
        network: settings.network?.(request),
      })
      if (!verdict.allowed) return answer(verdict.problem)
      const response = await handler(request, { principal: verdict.principal, params })
      return withHeaders(response, verdict.headers)
    }
  }
  return Object.assign(guard, {
    refuse: (request: Request, refusal: Refusal) => answer(word(request, refusal)),
    requestId: word.requestId,
  })
}

function valuesOf(joined: string | null): readonly string[] {
  return joined === null ? [] : [joined]
}

function answer({ status, headers, body }: ProblemAnswer): Response {
  return new Response(JSON.stringify(body), { status, headers })
}

// A copy, because the headers of a response that came from `fetch` cannot be changed. 101 hands the connection over.
function withHeaders(response: Response, headers: Readonly<Record<string, string>>): Response {
  const added = Object.entries(headers)
  if (added.length === 0 || response.status === 101) return response
  const copy = new Response(response.body, response)
  for (const [name, value] of added) copy.headers.set(name, value)
  return copy
}
