import {
  APIError,
  AuthenticationError,
  BadRequestError,
  ConflictError,
  InternalError,
  NotFoundError,
  PermissionDeniedError,
  QuotaExceededError,
  RateLimitError,
  UnprocessableError,
} from './api-error.ts'
import { ConfigError } from './config-error.ts'
import { ConnectionError, TimeoutError } from './connection-error.ts'

/** The classes that a brand may call otherwise; code tells them apart by class or `code`. */
const CLASSES = [
  ConfigError,
  ConnectionError,
  TimeoutError,
  APIError,
  BadRequestError,
  AuthenticationError,
  PermissionDeniedError,
  NotFoundError,
  ConflictError,
  UnprocessableError,
  RateLimitError,
  QuotaExceededError,
  InternalError,
]

export const ERROR_NAMES = CLASSES.map(({ called }) => called)
