// Whether and when a request is made again.

import { APIError, QuotaExceededError } from '../error/api-error.ts'
import { ConnectionError } from '../error/connection-error.ts'

const FIRST_WAIT_MS = 500
const WAIT_MAX_MS = 8_000

/** What a server cannot do, it cannot do a second later (RFC 9110, section 15.6.2). */
const NOT_IMPLEMENTED = 501

/** Longer than this nobody waits without being told: the error says when to come back. */
const OBEYED_SECONDS_MAX = 60

/**
 * Milliseconds to wait before the next attempt; undefined when there is none. What the network lost, 408, 429 and 5xx but 501
 * may go better next time. A used-up quota does not, whatever the server says.
 *
 * @param attempt how many attempts there have been, from 1
 * @param random at least 0 and below 1
 */
export function waitBefore(error: unknown, attempt: number, random: number): number | undefined {
  if (error instanceof ConnectionError) return backOff(attempt, random)
  if (!(error instanceof APIError) || error instanceof QuotaExceededError) return undefined
  const { status, retryAfter = 0 } = error
  const isPassing =
    status === 408 || status === 429 || (status >= 500 && status !== NOT_IMPLEMENTED)
  if (!isPassing || retryAfter > OBEYED_SECONDS_MAX) return undefined
  return Math.max(retryAfter * 1000, backOff(attempt, random))
}

/** Full jitter: callers that failed together do not come back together. */
function backOff(attempt: number, random: number): number {
  return Math.round(random * Math.min(WAIT_MAX_MS, FIRST_WAIT_MS * 2 ** (attempt - 1)))
}
