// What a client is told about something thrown. Frameworks throw for bodies they cannot read and say which by a status;
// everything else is our failure, whose cause is nobody's business but the log's.

import { StoreUnavailable } from '@keywright/core'
import type { CodedRefusal } from './problem-of.ts'

const UNAVAILABLE: CodedRefusal = {
  code: 'unavailable',
  detail: 'The database does not answer now. Nothing has changed. Try again shortly.',
}

const FAILED: CodedRefusal = {
  code: 'internal_error',
  detail: 'Something failed on our side. Name the request_id when you report it.',
}

/** By the HTTP status that a body parser of Fastify, Express or Hono gives its error. */
const BY_STATUS: Readonly<Record<number, CodedRefusal>> = {
  400: { code: 'malformed_body', detail: 'The request cannot be read. Send one JSON value.' },
  413: { code: 'body_too_large', detail: 'The body has more bytes than this address takes.' },
  415: { code: 'unsupported_media_type', detail: 'Send the body as application/json, in UTF-8.' },
}

/**
 * The refusal for an error that a handler or its framework has thrown, for `guard.refuse`.
 * @returns `isOurs` when it is our failure, and worth a line in the log
 */
export function refusalOfError(error: unknown): {
  readonly refusal: CodedRefusal
  readonly isOurs: boolean
} {
  if (error instanceof StoreUnavailable) return { refusal: UNAVAILABLE, isOurs: true }
  const known = BY_STATUS[statusOf(error) ?? 0]
  return known === undefined ? { refusal: FAILED, isOurs: true } : { refusal: known, isOurs: false }
}

// Fastify writes `statusCode`, Express and Hono `status`.
function statusOf(error: unknown): number | undefined {
  if (!(error instanceof Error)) return undefined
  const { statusCode, status } = error as { statusCode?: unknown; status?: unknown }
  const found = statusCode ?? status
  return typeof found === 'number' ? found : undefined
}
