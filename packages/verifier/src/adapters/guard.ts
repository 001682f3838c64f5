// What every guard does, whatever the framework: read the credential, verify it, and say either who is calling or
// what to answer. The shells beside this file translate one framework each and decide nothing.
// It fails closed: whatever is thrown on the way ends as 503, and no handler runs. A path parameter is an id or
// nothing: it never becomes part of another resource's name.

import { COST_MAX } from '@keywright/contract'
import type { ChangeRefused, Principal, Refused, Verifier } from '@keywright/core'
import { refuse } from '@keywright/core'
import type { RequestView } from '../credential/read.ts'
import { readCredential } from '../credential/read.ts'
import { isCost } from '../limit/cost.ts'
import type { CodedRefusal, ProblemAnswer } from '../problem/problem-of.ts'
import { limitHeaders, problemOf } from '../problem/problem-of.ts'
import { requestIdOf } from './request-id.ts'
import { compileResource } from './resource-template.ts'

/** What a guard asks besides its scope. */
export interface GuardOptions<Mode extends string = string> {
  /**
   * The resource the route touches, as `organizations/-/agents/:id`: `-` is the caller's own, `:id` the route's
   * parameter. A parameter that is not one resource id is answered 404.
   */
  readonly resource?: string
  /** The mode of the data the route touches. */
  readonly mode?: Mode
  /**
   * Units to take from quotas; default 1. Take 0 where people end keys and look at usage, which they must be able to do
   * when the month is used up. Of several guards on one request only the first one takes.
   */
  readonly cost?: number
}

/** What all guards made from one authority share. */
export interface GuardSettings {
  /** Told of what made a decision impossible; the caller sees 503 and no reason. */
  readonly onError?: (error: unknown) => void
  /** Names each request, unlike any other of any process; default: a random UUID. */
  readonly newRequestId?: () => string
}

/** A request as its framework's shell shows it. */
export interface Incoming extends RequestView {
  /** The object that stands for the request: the same one for every guard on it. */
  readonly identity: object
  /** A route parameter, percent-decoded. */
  param(name: string): unknown
  /** The address the request came from. */
  readonly network: string | undefined
}

/** Who is calling, with headers for the answer; or the answer itself. */
type Verdict<Kinds extends string = string, Mode extends string = string> =
  | {
      readonly allowed: true
      readonly principal: Principal<Kinds, Mode>
      readonly headers: Readonly<Record<string, string>>
    }
  | { readonly allowed: false; readonly problem: ProblemAnswer }

/** One guard of one route. */
export type Check<Kinds extends string = string, Mode extends string = string> = (
  incoming: Incoming,
) => Promise<Verdict<Kinds, Mode>>

/** What a guard, or a handler behind it, may refuse a request with. */
export type Refusal = Refused | ChangeRefused | CodedRefusal

/** Words refusals of a request; `identity` is the object that stands for it. */
export interface Refuser {
  (identity: object, refusal: Refusal): ProblemAnswer
  /** The name of the request in its refusals. */
  readonly requestId: (identity: object) => string
}

/** Makes what words refusals, for guards and for the handlers behind them: both name the request alike. */
export function makeRefuser(
  { definition }: Pick<Verifier, 'definition'>,
  settings: GuardSettings,
): Refuser {
  const newRequestId = settings.newRequestId ?? (() => crypto.randomUUID())
  const realm = definition.product.slug
  const requestId = (identity: object): string => requestIdOf(identity, newRequestId)
  const word = (identity: object, refusal: Refusal): ProblemAnswer =>
    problemOf(refusal, { realm, requestId: requestId(identity) })
  return Object.assign(word, { requestId })
}

/**
 * Makes the guard of a route.
 * @param ask without a scope it only authenticates
 * @throws TypeError for a scope, mode or resource that the definition does not have: a mistake of the program, seen
 *   when it starts
 */
export function makeCheck<Scope extends string, Kinds extends string, Mode extends string>(
  verifier: Verifier<Scope, Kinds, Mode>,
  ask: GuardOptions<Mode> & { readonly scope?: Scope | undefined },
  settings: GuardSettings = {},
): Check<Kinds, Mode> {
  const { definition } = verifier
  checkAsk(verifier, ask)
  const { resource: template, scope, ...rest } = ask
  const wanted = scope === undefined ? rest : { ...rest, scope }
  const fill = template === undefined ? undefined : compileResource(template, definition.patterns)
  const word = makeRefuser(verifier, settings)
  return async (incoming) => {
    const requestId = word.requestId(incoming.identity)
    const refused = (refusal: Refusal): Verdict<Kinds, Mode> => ({
      allowed: false,
      problem: word(incoming.identity, refusal),
    })
    try {
      const read = readCredential(definition.headers, incoming)
      if ('code' in read) return refused(read)
      const resource = fill?.((name) => incoming.param(name))
      const { network } = incoming
      const decision = await verifier.verify({
        ...wanted,
        credential: read.credential,
        requestId,
        ...(resource === undefined ? {} : { resource }),
        ...(network === undefined ? {} : { network }),
      })
      if (!decision.allowed) return refused(decision)
      const { principal, limit } = decision
      // Told only to callers who passed: to all others a wrong id looks as a right one does.
      if (fill !== undefined && resource === undefined) return refused(nothingHere(limit))
      return { allowed: true, principal, headers: limit === undefined ? {} : limitHeaders(limit) }
    } catch (error) {
      settings.onError?.(error)
      return refused(refuse('unavailable', 'It cannot be decided now. Try again shortly.'))
    }
  }
}

function nothingHere(limit: CodedRefusal['limit']): CodedRefusal {
  const detail = 'There is nothing at this address.'
  return { code: 'not_found', detail, ...(limit === undefined ? {} : { limit }) }
}

function checkAsk(
  verifier: Verifier,
  ask: GuardOptions & { readonly scope?: string | undefined },
): void {
  const { scopes, modes } = verifier.definition
  if (ask.scope !== undefined && !scopes.includes(ask.scope)) {
    throw new TypeError(
      `guard: '${ask.scope}' is no scope of this definition. It has ${scopes.join(', ')}.`,
    )
  }
  if (ask.mode !== undefined && !modes.includes(ask.mode)) {
    const known = modes.length === 0 ? 'no modes' : modes.join(', ')
    throw new TypeError(`guard: '${ask.mode}' is no mode of this definition. It has ${known}.`)
  }
  if (ask.cost !== undefined && !isCost(ask.cost)) {
    throw new TypeError(`guard: the cost ${ask.cost} is not a whole number from 0 to ${COST_MAX}.`)
  }
}
