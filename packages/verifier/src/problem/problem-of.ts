// The one place that turns a refusal into what a client sees: status, headers and body. The server's routes and every
// adapter answer through here, so a refusal looks the same at all doors.

import type { Problem, ProblemCode } from '@keywright/contract'
import { PROBLEM_CONTENT_TYPE, PROBLEMS } from '@keywright/contract'
import type { ChangeRefused, LimitState, Refused } from '@keywright/core'

/** A refusal ready to be sent by any framework. */
export interface ProblemAnswer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: Problem
}

/** What the answer depends on besides the refusal. */
export interface AnswerContext {
  /** Protection space named in `WWW-Authenticate` (RFC 9110 section 11.5): the product's slug. */
  readonly realm: string
  readonly requestId?: string
}

/** A code of our own making with its sentence; decisions and refused changes have this form already. */
export interface CodedRefusal {
  readonly code: ProblemCode
  readonly detail: string
  readonly retryAfterSeconds?: number
  readonly limit?: LimitState
  readonly scope?: string
  readonly errors?: Problem['errors']
}

/** Seconds after which a 503 is worth another try. */
const UNAVAILABLE_RETRY_SECONDS = 1

export function problemOf(
  refusal: Refused | ChangeRefused | CodedRefusal,
  context: AnswerContext,
): ProblemAnswer {
  const { code, detail } = refusal
  const { status, title } = PROBLEMS[code]
  const coded: CodedRefusal = refusal
  const retryAfter =
    coded.retryAfterSeconds ?? (status === 503 ? UNAVAILABLE_RETRY_SECONDS : undefined)
  const body: Problem = {
    type: `urn:keywright:problem:${code}`,
    title,
    status,
    detail,
    code,
    ...(context.requestId === undefined ? {} : { request_id: context.requestId }),
    ...(retryAfter === undefined ? {} : { retry_after: retryAfter }),
    ...(coded.scope === undefined ? {} : { scope: coded.scope }),
    ...(coded.errors === undefined ? {} : { errors: coded.errors }),
  }
  const headers: Record<string, string> = {
    'content-type': PROBLEM_CONTENT_TYPE,
    'cache-control': 'no-store',
  }
  const challenge = challengeOf(coded, context.realm)
  if (challenge !== undefined) headers['www-authenticate'] = challenge
  if (retryAfter !== undefined) headers['retry-after'] = String(retryAfter)
  if (coded.limit !== undefined) Object.assign(headers, limitHeaders(coded.limit))
  return { status, headers, body }
}

// RFC 6750 section 3.1: no error code when no credential was sent; 400 invalid_request, 401 invalid_token, 403
// insufficient_scope with the scope that would do.
function challengeOf({ code, scope }: CodedRefusal, realm: string): string | undefined {
  const start = `Bearer realm="${realm}"`
  if (code === 'missing_credential') return start
  const { status } = PROBLEMS[code]
  if (status === 401) return `${start}, error="invalid_token"`
  if (code === 'conflicting_credentials' || code === 'credential_in_url') {
    return `${start}, error="invalid_request"`
  }
  if (code !== 'insufficient_scope') return undefined
  return `${start}, error="insufficient_scope"${scope === undefined ? '' : `, scope="${scope}"`}`
}

/** `RateLimit` and `RateLimit-Policy` (draft-ietf-httpapi-ratelimit-headers-11). */
export function limitHeaders(limit: LimitState): Record<string, string> {
  return {
    'ratelimit-policy': `"${limit.name}";q=${limit.limit};w=${limit.windowSeconds}`,
    ratelimit: `"${limit.name}";r=${limit.remaining};t=${limit.resetSeconds}`,
  }
}
