import { EXIT, type ExitCode } from './exit.ts'

/** Why a command ended without doing what it was asked, with the exit code that says so. */
export const EXIT_OF = {
  usage: EXIT.usage,
  not_interactive: EXIT.rejected,
  not_logged_in: EXIT.rejected,
  invalid_credential: EXIT.rejected,
  login_refused: EXIT.rejected,
  login_expired: EXIT.rejected,
  login_pending: EXIT.pending,
  expires_soon: EXIT.rejected,
  forbidden: EXIT.forbidden,
  not_found: EXIT.notFound,
  ambiguous: EXIT.usage,
  rate_limited: EXIT.limited,
  quota_exhausted: EXIT.limited,
  unreachable: EXIT.unreachable,
  timed_out: EXIT.unreachable,
  not_this_product: EXIT.failed,
  server_failed: EXIT.failed,
  not_offered: EXIT.failed,
  interrupted: EXIT.interrupted,
  malformed_secret: EXIT.usage,
  wrong_secret: EXIT.usage,
  file_unusable: EXIT.failed,
  file_exposed: EXIT.failed,
  locked: EXIT.failed,
  store_locked: EXIT.failed,
  store_unavailable: EXIT.failed,
  store_timed_out: EXIT.failed,
  store_key_missing: EXIT.failed,
  sealed_broken: EXIT.failed,
  problems_found: EXIT.failed,
  failed: EXIT.failed,
} as const satisfies Record<string, ExitCode>

/** Stable codes of `--json` errors. */
export type FailureCode = keyof typeof EXIT_OF

export interface FailureDetails {
  /** What to do, as one sentence or command. */
  readonly hint?: string | undefined
  readonly requestId?: string | undefined
  readonly retryAfterSeconds?: number | undefined
  /** What would have been enough, when the server says so. */
  readonly requiredScopes?: readonly string[]
  readonly answer?: ServerAnswer | undefined
  readonly cause?: unknown
}

/** What the server answered, for scripts that know its codes. */
export interface ServerAnswer {
  readonly status: number
  /** The `code` of its problem (RFC 9457). */
  readonly code: string
}

/** Ends a command. The message says what happened and why, without a secret; it is what the person sees. */
export class Failure extends Error {
  readonly code: FailureCode
  readonly exit: ExitCode
  readonly hint: string | undefined
  readonly requestId: string | undefined
  readonly retryAfterSeconds: number | undefined
  readonly requiredScopes: readonly string[]
  readonly answer: ServerAnswer | undefined

  constructor(code: FailureCode, message: string, details: FailureDetails = {}) {
    super(message, { cause: details.cause })
    this.name = 'Failure'
    this.code = code
    this.exit = EXIT_OF[code]
    this.hint = details.hint
    this.requestId = details.requestId
    this.retryAfterSeconds = details.retryAfterSeconds
    this.requiredScopes = details.requiredScopes ?? []
    this.answer = details.answer
  }

  /** The same failure in other words. */
  with({
    message = this.message,
    hint = this.hint,
  }: Pick<FailureDetails, 'hint'> & { readonly message?: string }): Failure {
    const { code, requestId, retryAfterSeconds, requiredScopes, answer, cause } = this
    const details = { requestId, retryAfterSeconds, requiredScopes, answer, cause }
    return new Failure(code, message, { ...details, hint })
  }
}

/** What Ctrl-C ends a command with. */
export function interruption(): Failure {
  return new Failure('interrupted', 'Interrupted.')
}
