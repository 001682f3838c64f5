// Refusals in the words of RFC 6749 section 5.2, RFC 8628 section 3.5, RFC 8707 section 2 and RFC 7009 section 2.2.1:
// what programs are answered at the OAuth endpoints.

export type OAuthErrorCode =
  | 'invalid_request'
  | 'invalid_client'
  | 'invalid_grant'
  | 'unauthorized_client'
  | 'unsupported_grant_type'
  | 'unsupported_response_type'
  | 'invalid_scope'
  | 'invalid_target'
  | 'access_denied'
  | 'authorization_pending'
  | 'slow_down'
  | 'expired_token'

export interface OAuthRefused {
  readonly ok: false
  readonly error: OAuthErrorCode
  /** What happened and what to do, in printable ASCII without quotes, as `error_description` has to be. */
  readonly description: string
}

/** What a verb that a program calls answers. Exceptions mean that we failed. */
export type OAuthOutcome<Result> = ({ readonly ok: true } & Result) | OAuthRefused

export function oauthRefused(error: OAuthErrorCode, description: string): OAuthRefused {
  return { ok: false, error, description }
}
