// An event is one row of the feed: it is the audit log, the cache invalidation and the resume point of verifiers.
// It never carries a secret or a digest.

export type EventType =
  | 'key.minted'
  | 'key.narrowed'
  | 'key.rotated'
  | 'key.revoked'
  | 'resource.disabled'
  | 'resource.enabled'
  | 'resource.ended'
  | 'person.added'
  | 'person.changed'
  | 'identity.joined'
  | 'issuer.not_before'
  | 'membership.granted'
  | 'membership.changed'
  | 'membership.removed'
  | 'organization.created'
  | 'organization.changed'
  | 'invitation.created'
  | 'invitation.accepted'
  | 'invitation.revoked'
  | 'login.claimed'
  | 'login.approved'
  | 'login.denied'
  | 'login.completed'
  | 'login.replayed'
  | 'pickup.created'
  | 'pickup.redeemed'
  | 'pickup.refused'
  | 'pickup.replayed'
  | 'pickup.revoked'
  | 'device_login.allowed'
  | 'device_login.forbidden'

export interface NewEvent {
  readonly type: EventType
  readonly at: number
  /** Who did it: a key's id, `users/usr_…`, `issuer:<iss>` or `operator:<name>`. */
  readonly actor: string
  readonly keyId: string | null
  readonly resource: string
  readonly mode: string | null
  /** The person it concerns, as `users/usr_…`: verifiers look again at that person's keys and at no others. */
  readonly person?: string
  readonly data: Readonly<Record<string, unknown>>
}

export interface KeyEvent extends NewEvent {
  /** Names the history that `seq` counts in; a restored database starts another. */
  readonly epoch: string
  /** 1, 2, 3 … in commit order, without holes. */
  readonly seq: number
}
