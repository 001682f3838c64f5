/** What a refusal of the server means for a command: RFC 9457 problems, or at least the status. */
import { Failure, type FailureCode } from '../output/failure.ts'
import { type Fields, fieldsOf, textOf } from './read-answer.ts'

export interface Refusal {
  readonly status: number
  readonly headers: Headers
  /** Undefined when the answer is no JSON. */
  readonly document: unknown
}

export interface RefusalPlace {
  readonly base: string
  readonly source: string | undefined
}

export function refusalOf(refusal: Refusal, { base, source }: RefusalPlace): Failure {
  const { status, headers } = refusal
  const problem = fieldsOf(refusal.document)
  const details = {
    requestId: headers.get('x-request-id') ?? textOf(problem, 'request_id'),
    retryAfterSeconds: retryAfterOf(headers),
  }
  if (status >= 300 && status < 400) {
    return new Failure(
      'not_this_product',
      `${base} answered with a redirect, which is not followed.`,
      {
        ...details,
        hint: 'Give the server URL that it leads to, if you know it and trust it.',
      },
    )
  }
  const said = textOf(problem, 'detail', 'title', 'message')
  const reason = said === undefined ? `status ${status}` : said.replace(/\.$/, '')
  const code = codeOf(status, problem, refusal.document)
  return new Failure(code, messageOf(code, { base, reason }), {
    ...details,
    hint: hintOf(code, problem, source),
  })
}

function codeOf(status: number, problem: Fields, document: unknown): FailureCode {
  if (status === 401) return 'invalid_credential'
  if (status === 403) return 'forbidden'
  if (status === 404) return document === undefined ? 'not_this_product' : 'not_found'
  if (status === 429)
    return problem['code'] === 'quota_exhausted' ? 'quota_exhausted' : 'rate_limited'
  if (status >= 500) return 'server_failed'
  return 'failed'
}

function messageOf(
  code: FailureCode,
  { base, reason }: { readonly base: string; readonly reason: string },
): string {
  switch (code) {
    case 'invalid_credential':
      return `${base} does not accept the credential: ${reason}.`
    case 'forbidden':
      return `${base} does not allow this: ${reason}.`
    case 'not_this_product':
      return `${base} does not answer as this product does (${reason}).`
    case 'server_failed':
      return `${base} failed: ${reason}.`
    default:
      return `${reason}.`
  }
}

function hintOf(
  code: FailureCode,
  problem: Fields,
  source: string | undefined,
): string | undefined {
  if (code === 'invalid_credential') {
    return source === undefined
      ? 'Nothing was stored. Check that the credential is whole and for this server.'
      : `It came from ${source}. Log in again, or correct it there.`
  }
  if (code === 'forbidden') {
    const scopes = problem['required_scopes'] ?? problem['required_scope'] ?? problem['scope']
    const list = Array.isArray(scopes) ? scopes.join(', ') : scopes
    return typeof list === 'string' && list !== '' ? `It needs the scope ${list}.` : undefined
  }
  return code === 'not_this_product' ? 'Check the server URL.' : undefined
}

/** RFC 9110, section 10.2.3; a date is left to the person, who is not told a number then. */
function retryAfterOf(headers: Headers): number | undefined {
  const text = headers.get('retry-after') ?? ''
  return /^\d{1,9}$/.test(text) ? Number(text) : undefined
}
