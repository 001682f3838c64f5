// Every code that a refusal can carry, with its status and title. Codes never change their meaning; docs/errors.md is
// held against this table by a test.

/** How one code is answered. `title` is the short text of RFC 9457, the same for every occurrence. */
export interface ProblemKind {
  readonly status: number
  readonly title: string
}

export const PROBLEMS = {
  missing_credential: { status: 401, title: 'A credential is needed' },
  malformed_credential: { status: 401, title: 'The credential is malformed' },
  conflicting_credentials: { status: 400, title: 'The request names more than one credential' },
  credential_in_url: { status: 400, title: 'A credential was sent in the URL' },
  invalid_key: { status: 401, title: 'The key is not valid' },
  key_revoked: { status: 401, title: 'The key was revoked' },
  key_expired: { status: 401, title: 'The key has expired' },
  key_rotated: { status: 401, title: 'The secret was replaced by a rotation' },
  invalid_token: { status: 401, title: 'The token is not valid' },
  token_expired: { status: 401, title: 'The token has expired' },
  unknown_issuer: { status: 401, title: 'The issuer of the token is not known here' },
  unknown_identity: { status: 401, title: 'Nobody here has the identity of the token' },
  token_revoked: { status: 401, title: 'Tokens as old as this one are not accepted' },
  session_ended: { status: 401, title: 'The session has ended' },
  resource_disabled: { status: 401, title: 'The resource of the key is disabled' },
  resource_ended: { status: 401, title: 'The resource of the key has ended' },
  wrong_mode: { status: 403, title: 'The key is for data of another mode' },
  insufficient_scope: { status: 403, title: 'The key lacks a scope' },
  outside_resource: { status: 403, title: 'The key does not reach the resource' },
  rate_limited: { status: 429, title: 'Too many requests' },
  quota_exhausted: { status: 429, title: 'The quota of the month is used up' },
  unavailable: { status: 503, title: 'It cannot be decided now' },
  key_not_found: { status: 404, title: 'No such key' },
  unknown_kind: { status: 422, title: 'No such kind of key' },
  kind_not_mintable: { status: 403, title: 'The key may not mint or change keys of this kind' },
  unknown_scope: { status: 422, title: 'No such scope' },
  scope_not_in_kind: { status: 422, title: 'The kind of key does not have the scope' },
  invalid_resource: { status: 422, title: 'Not a resource for this' },
  invalid_mode: { status: 422, title: 'Not a mode for this' },
  invalid_lifetime: { status: 422, title: 'Not a lifetime for this' },
  invalid_name: { status: 422, title: 'Not a name' },
  invalid_metadata: { status: 422, title: 'Not metadata' },
  exceeds_parent: { status: 403, title: 'A key cannot give more than it has' },
  key_exists: { status: 409, title: 'The one key there can be exists already' },
  key_ended: { status: 409, title: 'The key has ended' },
  already_ended: { status: 409, title: 'The resource has ended' },
  not_narrower: { status: 422, title: 'A key can only be narrowed' },
  idempotency_conflict: { status: 422, title: 'The idempotency key was used for another request' },
  ambiguous_key: { status: 409, title: 'More than one key has this name or prefix' },
  person_not_found: { status: 404, title: 'No such person' },
  invalid_email: { status: 422, title: 'Not an e-mail address' },
  invalid_identity: { status: 422, title: 'Not an identity' },
  unknown_role: { status: 422, title: 'No such role' },
  exceeds_role: { status: 403, title: 'Nobody can give more than they have' },
  membership_exists: { status: 409, title: 'The person has a role there already' },
  too_many_memberships: { status: 409, title: 'The person has as many roles as there may be' },
  membership_not_found: { status: 404, title: 'No such membership' },
  last_owner: { status: 409, title: 'The last owner stays' },
  invalid_slug: { status: 422, title: 'Not a slug' },
  slug_taken: { status: 409, title: 'The slug is taken' },
  organization_not_found: { status: 404, title: 'No such organization' },
  invitation_not_found: { status: 404, title: 'No such invitation' },
  invitation_ended: { status: 409, title: 'The invitation has ended' },
  invitation_for_another: { status: 403, title: 'The invitation is for another address' },
  not_signed_in: { status: 401, title: 'Nobody is signed in' },
  invalid_credentials: { status: 401, title: 'The address or the password is wrong' },
  account_disabled: { status: 403, title: 'The account is disabled' },
  too_many_attempts: { status: 429, title: 'Too many attempts' },
  reauthentication_needed: { status: 403, title: 'A fresh sign-in is needed' },
  weak_password: { status: 422, title: 'Not a good password' },
  invalid_link: { status: 410, title: 'The link is not valid' },
  invalid_code: { status: 401, title: 'The code is not valid' },
  second_factor_exists: { status: 409, title: 'There is a second factor already' },
  second_factor_missing: { status: 409, title: 'There is no second factor' },
  session_not_found: { status: 404, title: 'No such session' },
  passkey_not_found: { status: 404, title: 'No such passkey' },
  passkey_refused: { status: 401, title: 'The passkey was not accepted' },
  provider_not_found: { status: 404, title: 'No such provider' },
  provider_refused: { status: 401, title: 'The provider did not sign anybody in' },
  cross_site_request: { status: 403, title: 'Sent from another site' },
  form_expired: { status: 403, title: 'The form is no longer good' },
  user_code_not_found: { status: 404, title: 'No such code' },
  user_code_mismatch: { status: 422, title: 'Another code was typed' },
  user_code_claimed: { status: 403, title: 'The code is for somebody else to decide' },
  user_code_ended: { status: 409, title: 'The code has ended' },
  device_login_forbidden: { status: 403, title: 'Device logins are switched off' },
  pickup_not_found: { status: 404, title: 'No such pick-up' },
  pickup_ended: { status: 409, title: 'The pick-up has ended' },
  malformed_request: { status: 400, title: 'The request cannot be read' },
  request_timeout: { status: 408, title: 'The request did not arrive in time' },
  headers_too_large: { status: 431, title: 'The header fields are too large' },
  malformed_body: { status: 400, title: 'The body cannot be read' },
  invalid_request: { status: 422, title: 'The request does not fit' },
  body_too_large: { status: 413, title: 'The body is too large' },
  unsupported_media_type: { status: 415, title: 'The body has the wrong content type' },
  method_not_allowed: { status: 405, title: 'The method is not allowed here' },
  not_found: { status: 404, title: 'There is nothing here' },
  already_exists: { status: 409, title: 'It exists already' },
  not_offered: { status: 501, title: 'This server does not offer it' },
  internal_error: { status: 500, title: 'We failed' },
} as const satisfies Record<string, ProblemKind>

/** A stable code of a problem. */
export type ProblemCode = keyof typeof PROBLEMS

/** The body of an error answer: RFC 9457 with `code` and `request_id` as extension members. */
export interface Problem {
  readonly type: string
  readonly title: string
  readonly status: number
  readonly detail: string
  readonly code: ProblemCode
  readonly request_id?: string
  /** Seconds, beside the header, for callers that see only the body. */
  readonly retry_after?: number
  /** The scope that was lacking. */
  readonly scope?: string
  /** What is wrong with single fields of the request. */
  readonly errors?: readonly { readonly field: string; readonly detail: string }[]
}

export const PROBLEM_CONTENT_TYPE = 'application/problem+json'
