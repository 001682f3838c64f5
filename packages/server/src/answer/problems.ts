// Refusals that the HTTP floor itself makes, and what failures look like from outside: never their cause.

import type { CodedRefusal } from '@keywright/verifier'
import { refusalOfError } from '@keywright/verifier'

export const UNSUPPORTED: CodedRefusal = {
  code: 'unsupported_media_type',
  detail:
    'The body has a content type that this address does not take. Send application/json, or a form (application/x-www-form-urlencoded) to an address of /oauth.',
}

export const NOT_FOUND: CodedRefusal = {
  code: 'not_found',
  detail: 'There is nothing at this address. GET /openapi.json lists what there is.',
}

const MALFORMED: CodedRefusal = {
  code: 'malformed_request',
  detail: 'The request cannot be read. Check its address and headers.',
}

/** How Fastify names what it refuses before a handler runs. */
const FRAMEWORK_REFUSALS: Readonly<Record<string, CodedRefusal>> = {
  FST_ERR_CTP_INVALID_MEDIA_TYPE: UNSUPPORTED,
  FST_ERR_CTP_BODY_TOO_LARGE: { code: 'body_too_large', detail: 'A body has at most 65536 bytes.' },
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: {
    code: 'malformed_body',
    detail: 'The body is not as long as Content-Length says.',
  },
  FST_ERR_BAD_URL: MALFORMED,
}

/** Carries a refusal through Fastify's parsers, which know errors only. */
export class RequestRefused extends Error {
  readonly refusal: CodedRefusal

  constructor(refusal: CodedRefusal) {
    super(refusal.code)
    this.refusal = refusal
  }
}

/** What the client is told about something thrown. `isOurs`: worth a line in the log. */
export function refusalOf(error: unknown): {
  readonly refusal: CodedRefusal
  readonly isOurs: boolean
} {
  if (error instanceof RequestRefused) return { refusal: error.refusal, isOurs: false }
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  const known = FRAMEWORK_REFUSALS[code]
  return known === undefined ? refusalOfError(error) : { refusal: known, isOurs: false }
}
