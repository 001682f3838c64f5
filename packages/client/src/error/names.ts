// The names of the error classes, closed: a brand may call them otherwise, code tells them apart by class or `code`.

export const ERROR_NAMES = [
  'ConfigError',
  'ConnectionError',
  'TimeoutError',
  'APIError',
  'BadRequestError',
  'AuthenticationError',
  'PermissionDeniedError',
  'NotFoundError',
  'ConflictError',
  'UnprocessableError',
  'RateLimitError',
  'QuotaExceededError',
  'InternalError',
] as const

export type ErrorName = (typeof ERROR_NAMES)[number]
