// The rows as Kysely sees them. Times are epoch milliseconds, JSON is text, absent is NULL.

import type { Generated, Kysely } from 'kysely'

/** One row: the number of the latest event, updated in the transaction of the change itself. */
interface FeedHeadRow {
  id: number
  epoch: string
  seq: number
}

export interface EventRow {
  seq: number
  type: string
  at: number
  actor: string
  key_id: string | null
  resource: string
  /** The topmost resource above, or the resource itself. */
  top_resource: string
  mode: string | null
  data: string
  /** Set where it concerns a person: `users/usr_…`. */
  person: string | null
}

export interface KeyRow {
  id: string
  kind: string
  holder: string
  resource: string
  top_resource: string
  mode: string | null
  scopes: string
  name: string | null
  metadata: string | null
  start: string
  parent_id: string | null
  created_at: number
  created_by: string
  expires_at: number | null
  revoked_at: number | null
  revoked_by: string | null
  rotated_at: number | null
  last_used_at: number | null
  slot: string | null
}

export interface SecretRow {
  digest: string
  key_id: string
  start: string
  created_at: number
  ends_at: number | null
}

interface ResourceStateRow {
  resource: string
  state: string
  changed_at: number
  changed_by: string
}

interface QuotaAccountRow {
  quota: string
  subject: string
  mode: string
  period: string
  granted: number
}

export interface UsageDayRow {
  day: string
  key_id: string
  /** Its key's. */
  top_resource: string
  allowed: number
  refused: number
  units: number
}

interface IdempotencyRow {
  actor: string
  idempotency_key: string
  request_digest: string
  key_id: string
  created_at: number
}

export interface PersonRow {
  id: string
  name: string
  email: string | null
  /** 0 or 1. */
  email_verified: number
  created_at: number
}

export interface IdentityRow {
  issuer: string
  subject: string
  person_id: string
  created_at: number
  claimed_at: number | null
}

interface NotBeforeRow {
  issuer: string
  /** Empty for all of the issuer. */
  subject: string
  at: number
}

export interface MembershipRow {
  person_id: string
  resource: string
  role: string
  granted_at: number
  granted_by: string
}

export interface OrganizationRow {
  id: string
  slug: string
  name: string
  /** Who gave the slug; empty where that was not written down. */
  named_by: string
  created_at: number
  /** 1 while its people may approve device logins, else 0; 1 for a new one. */
  device_login: Generated<number>
}

export interface InvitationRow {
  id: string
  digest: string
  resource: string
  role: string
  email: string
  created_at: number
  created_by: string
  expires_at: number
  accepted_at: number | null
  accepted_by: string | null
  revoked_at: number | null
}

export interface LoginCodeRow {
  digest: string
  client_id: string
  redirect_uri: string
  code_challenge: string
  person_id: string
  device_name: string | null
  /** NULL for all that the kind has. */
  scopes: string | null
  created_at: number
  expires_at: number
  redeemed_at: number | null
  key_id: string | null
}

export interface DeviceLoginRow {
  id: string
  device_digest: string
  user_digest: string
  client_id: string
  device_name: string | null
  scopes: string
  network: string | null
  created_at: number
  expires_at: number
  interval_seconds: number
  polled_at: number | null
  misses: number
  claimed_by: string | null
  person_id: string | null
  decision: string | null
  decided_by: string | null
  redeemed_at: number | null
  key_id: string | null
}

export interface LoginKeyRow {
  key_id: string
  client_id: string
  person_id: string
  device_name: string | null
}

export interface PickupRow {
  id: string
  digest: string
  /** What is to be minted, JSON. */
  request: string
  holder: string
  resource: string
  mode: string | null
  /** Who asked, with what they were verified by, JSON. */
  sender: string
  created_at: number
  created_by: string
  expires_at: number
  redeemed_at: number | null
  revoked_at: number | null
  key_id: string | null
}

interface MetaRow {
  name: string
  value: string
}

export interface Tables {
  feed_head: FeedHeadRow
  events: EventRow
  keys: KeyRow
  secrets: SecretRow
  resource_states: ResourceStateRow
  quota_accounts: QuotaAccountRow
  usage_days: UsageDayRow
  idempotency_records: IdempotencyRow
  persons: PersonRow
  identities: IdentityRow
  not_befores: NotBeforeRow
  memberships: MembershipRow
  organizations: OrganizationRow
  invitations: InvitationRow
  login_codes: LoginCodeRow
  device_logins: DeviceLoginRow
  login_keys: LoginKeyRow
  pickups: PickupRow
  meta: MetaRow
}

/** A connection or a transaction over these tables. */
export type Database = Kysely<Tables>
