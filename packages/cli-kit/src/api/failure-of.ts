/** What an error of the client means for a command: its exit code, its words and what to do. */
import {
  APIError,
  ClientError,
  ConfigError,
  ConnectionError,
  PermissionDeniedError,
  TimeoutError,
} from '@keywright/client'
import { Failure, type FailureCode, interruption } from '../output/failure.ts'
import { sentence } from '../session/sentence.ts'
import { fieldsOf } from './read-answer.ts'

export interface Calling {
  /** Whether the credential is only being tried, and stored when it holds. */
  readonly isTried: boolean
  /** How to give another credential in the place of this one. */
  readonly remedy?: string | undefined
  readonly interrupted: AbortSignal
}

export function failureOf(error: unknown, { isTried, remedy, interrupted }: Calling): unknown {
  if (interrupted.aborted) return interruption()
  if (!(error instanceof ClientError)) return error
  const { message, hint } = error
  if (!(error instanceof APIError)) {
    return new Failure(codeOf(error), message, { hint: hint && sentence(hint), cause: error })
  }
  const code = codeOfAnswer(error)
  return new Failure(code, message, {
    hint: code === 'invalid_credential' && isTried ? TRIED : hintOf(error, remedy),
    requestId: error.requestId,
    retryAfterSeconds: error.retryAfter,
    answer: { status: error.status, code: error.code },
    requiredScopes: error instanceof PermissionDeniedError ? error.requiredScopes : [],
    cause: error,
  })
}

const TRIED = 'Nothing was stored. Check that the credential is whole and for this server.'

function hintOf(error: APIError, remedy: string | undefined): string | undefined {
  // The client was handed the credential and knows only that; what the server advises goes first.
  const isAdvised = fieldsOf(error.body)['hint'] !== undefined
  if (error.status === 401 && remedy !== undefined && !isAdvised) return sentence(remedy)
  if (error instanceof PermissionDeniedError && error.requiredScopes.length > 0) {
    return `It needs ${error.requiredScopes.join(', ')}.`
  }
  return error.hint === undefined ? undefined : sentence(error.hint)
}

function codeOf(error: ClientError): FailureCode {
  if (error instanceof TimeoutError) return 'timed_out'
  if (error instanceof ConnectionError) return 'unreachable'
  return error instanceof ConfigError ? 'usage' : 'failed'
}

function codeOfAnswer({ status, code }: APIError): FailureCode {
  if (code === 'not_the_api' || code === 'redirected') return 'not_this_product'
  if (status === 401) return 'invalid_credential'
  if (status === 403) return 'forbidden'
  if (status === 404) return 'not_found'
  if (status === 429) return code.startsWith('quota_') ? 'quota_exhausted' : 'rate_limited'
  if (status === 501) return 'not_offered'
  return status >= 500 ? 'server_failed' : 'failed'
}
