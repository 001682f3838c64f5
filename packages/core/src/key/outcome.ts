import type { RefusalCode } from '../decide/decision.ts'

/** Why a change was refused. Closed, like RefusalCode; the two share the codes that concern the caller's own key. */
export type ChangeRefusalCode =
  | Extract<
      RefusalCode,
      | 'invalid_key'
      | 'key_revoked'
      | 'key_expired'
      | 'key_rotated'
      | 'token_expired'
      | 'token_revoked'
      | 'unknown_issuer'
      | 'session_ended'
      | 'resource_disabled'
      | 'resource_ended'
      | 'insufficient_scope'
      | 'outside_resource'
      | 'wrong_mode'
    >
  | 'key_not_found'
  | 'unknown_kind'
  | 'kind_not_mintable'
  | 'unknown_scope'
  | 'scope_not_in_kind'
  | 'invalid_resource'
  | 'invalid_mode'
  | 'invalid_lifetime'
  | 'invalid_name'
  | 'invalid_metadata'
  | 'exceeds_parent'
  | 'key_exists'
  | 'key_ended'
  | 'already_ended'
  | 'not_narrower'
  | 'idempotency_conflict'
  | 'ambiguous_key'
  | 'person_not_found'
  | 'invalid_email'
  | 'invalid_identity'
  | 'unknown_role'
  | 'exceeds_role'
  | 'membership_exists'
  | 'too_many_memberships'
  | 'membership_not_found'
  | 'last_owner'
  | 'invalid_slug'
  | 'slug_taken'
  | 'organization_not_found'
  | 'invitation_not_found'
  | 'invitation_ended'
  | 'invitation_for_another'
  | 'user_code_not_found'
  | 'user_code_mismatch'
  | 'user_code_claimed'
  | 'user_code_ended'
  | 'device_login_forbidden'
  | 'pickup_not_found'
  | 'pickup_ended'
  | 'reauthentication_needed'

/** A change that was refused; nothing has changed. */
export interface ChangeRefused {
  readonly ok: false
  readonly code: ChangeRefusalCode
  /** What happened, why and what to do, without secrets. */
  readonly detail: string
  readonly scope?: string
}

/** What a control verb answers: what it made, or why not. Exceptions mean that we failed. */
export type Outcome<Result> = ({ readonly ok: true } & Result) | ChangeRefused

export function refused(code: ChangeRefusalCode, detail: string): ChangeRefused {
  return { ok: false, code, detail }
}
