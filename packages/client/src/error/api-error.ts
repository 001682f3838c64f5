import { ClientError, type ErrorName } from './client-error.ts'

/** What an answer said, worked out. */
export interface AnswerFacts {
  readonly status: number
  /** The `code` of the problem (RFC 9457); `http_<status>` when the answer has none. */
  readonly code: string
  readonly message: string
  readonly requestId?: string | undefined
  /** Whole seconds. */
  readonly retryAfter?: number | undefined
  readonly hint?: string | undefined
  /** Where the credential came from: `CHRONICLE_API_KEY`, a file with its line. */
  readonly source?: string | undefined
  readonly requiredScopes?: readonly string[]
  readonly body?: unknown
}

/** The server answered, and not with what was asked for. */
export class APIError extends ClientError {
  static override readonly called: ErrorName = 'APIError'

  readonly status: number
  readonly requestId: string | undefined
  /** Seconds after which the server wants to be asked again. */
  readonly retryAfter: number | undefined
  /** Where the credential of the request came from. */
  readonly source: string | undefined
  /** The body as it was read: an object when it was JSON. */
  readonly body: unknown

  constructor(facts: AnswerFacts) {
    super(facts.message, facts.code)
    this.status = facts.status
    this.requestId = facts.requestId
    this.retryAfter = facts.retryAfter
    this.hint = facts.hint
    this.source = facts.source
    this.body = facts.body
  }
}

/** 400: the request cannot be read. */
export class BadRequestError extends APIError {
  static override readonly called: ErrorName = 'BadRequestError'
}

/** 401: the credential is missing, wrong, expired or revoked. The client never renews one by itself. */
export class AuthenticationError extends APIError {
  static override readonly called: ErrorName = 'AuthenticationError'
}

/** 403: the credential is good and may not do this. */
export class PermissionDeniedError extends APIError {
  static override readonly called: ErrorName = 'PermissionDeniedError'

  /** What would have been enough, when the server says so. */
  readonly requiredScopes: readonly string[]

  constructor(facts: AnswerFacts) {
    super(facts)
    this.requiredScopes = facts.requiredScopes ?? []
  }
}

/** 404. Also for what belongs to somebody else. */
export class NotFoundError extends APIError {
  static override readonly called: ErrorName = 'NotFoundError'
}

/** 409. */
export class ConflictError extends APIError {
  static override readonly called: ErrorName = 'ConflictError'
}

/** 422: the request can be read and makes no sense. */
export class UnprocessableError extends APIError {
  static override readonly called: ErrorName = 'UnprocessableError'
}

/** 429: too fast. `retryAfter` says when there is room again. */
export class RateLimitError extends APIError {
  static override readonly called: ErrorName = 'RateLimitError'
}

/** 429: what the plan includes is used up. Another try soon does not help. */
export class QuotaExceededError extends APIError {
  static override readonly called: ErrorName = 'QuotaExceededError'
}

/** 500 and above. */
export class InternalError extends APIError {
  static override readonly called: ErrorName = 'InternalError'
}

const BY_STATUS: Readonly<Record<number, typeof APIError>> = {
  400: BadRequestError,
  401: AuthenticationError,
  403: PermissionDeniedError,
  404: NotFoundError,
  409: ConflictError,
  422: UnprocessableError,
  429: RateLimitError,
}

/** The error class for an answer. */
export function apiErrorOf(facts: AnswerFacts): APIError {
  const { status, code } = facts
  if (status === 429 && code.startsWith('quota_')) return new QuotaExceededError(facts)
  const own = BY_STATUS[status] ?? (status >= 500 ? InternalError : APIError)
  return new own(facts)
}
