/** The names of the error classes, closed. */
export type ErrorName =
  | 'ConfigError'
  | 'ConnectionError'
  | 'TimeoutError'
  | 'APIError'
  | 'BadRequestError'
  | 'AuthenticationError'
  | 'PermissionDeniedError'
  | 'NotFoundError'
  | 'ConflictError'
  | 'UnprocessableError'
  | 'RateLimitError'
  | 'QuotaExceededError'
  | 'InternalError'

/** What every error of a client has in common. Neither the message nor any field holds a secret. */
export abstract class ClientError extends Error {
  /** The name of the class, in words that no minifier changes. */
  static readonly called: string = 'ClientError'

  /** Stable and closed for errors of the client; for answers, the `code` of the server. */
  readonly code: string
  /** What to do about it, when that is known. */
  hint: string | undefined

  constructor(message: string, code: string, options?: ErrorOptions) {
    super(message, options)
    this.name = new.target.called
    this.code = code
    this.hint = undefined
  }
}
