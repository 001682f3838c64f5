import { ClientError, type ErrorName } from './client-error.ts'

/** No answer came: the server cannot be reached, or the answer broke off. */
export class ConnectionError extends ClientError {
  static override readonly called: ErrorName = 'ConnectionError'

  constructor(message: string, code = 'connection_failed', options?: ErrorOptions) {
    super(message, code, options)
  }
}

/** No whole answer came in time. */
export class TimeoutError extends ConnectionError {
  static override readonly called: ErrorName = 'TimeoutError'

  constructor(message: string, options?: ErrorOptions) {
    super(message, 'timeout', options)
  }
}
