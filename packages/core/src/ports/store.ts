// What the domain needs of storage. Reading and writing are different types, so that a function says by its
// parameter whether it can change anything. Everything a transaction writes, its events included, commits or does not.

import type { EventType, KeyEvent, NewEvent } from '../event/event.ts'
import type { StandingName } from '../decide/name-standing.ts'
import type { GroundedKey, Key, KeySnapshot, Metadata } from '../key/key.ts'
import type { LoginReads, LoginWrites } from './login.ts'
import type { PeopleReads, PeopleWrites } from './people.ts'
import type { PickupReads, PickupWrites } from './pickup.ts'
import type { QuotaAccount, UsageDelta, UsageRow } from '../usage/usage.ts'

export interface KeyQuery {
  /** This resource and everything below. */
  readonly resource: string | null
  /** Only keys held by this resource or person, wherever they are bound. */
  readonly holder?: string
  /** Only keys of exactly this name. */
  readonly name?: string
  /** Only keys whose id begins so. */
  readonly idPrefix?: string
  /** Only keys of this mode; `undefined` for all. */
  readonly mode?: string | null
  readonly kind?: string
  /** Leaves out keys that by their own row alone cannot be of this standing at `now`. */
  readonly standing?: StandingName
  readonly now: number
  /** Only keys older than this id (they are listed newest first). */
  readonly before?: string
  readonly limit: number
}

/** How far one page looks, and what it takes of the keys that the query finds. */
export interface KeyLook {
  readonly visitMax: number
  readonly fits: (key: GroundedKey) => boolean
}

/** A page that looked at a bounded number of keys. */
export interface KeyPage {
  readonly keys: readonly GroundedKey[]
  /** The last key it looked at, when it stopped there with the page not full and more to look at; else null. */
  readonly visitedTo: string | null
}

export interface EventQuery {
  readonly resource: string | null
  /** Events of this mode and those without one; `undefined` for all. */
  readonly mode?: string | null
  readonly keyId?: string
  /** Only events that concern this person, `users/usr_…`. */
  readonly person?: string
  readonly type?: EventType
  /** Only events with a higher `seq`. */
  readonly after: number
  readonly limit: number
}

export interface UsageQuery {
  readonly resource: string | null
  readonly mode?: string | null
  readonly keyId?: string
  /** Days in UTC, `2026-11-21`, both included. */
  readonly from: string
  readonly to: string
  readonly limit: number
  /** Only rows after this one, in the order (day, key id). */
  readonly after?: { readonly day: string; readonly keyId: string }
}

/** A look-up by secret, with the event number of the snapshot it was read in. */
export interface SecretRead {
  readonly seq: number
  readonly snapshot: KeySnapshot | undefined
}

export interface Reads extends PeopleReads, LoginReads, PickupReads {
  /** @param digest the peppered digest, as stored */
  findBySecret(digest: string): Promise<SecretRead>
  /** The same for a key's current state, by id; `secretEndsAt` is null. */
  findById(id: string): Promise<SecretRead>
  getKey(id: string): Promise<Key | undefined>
  /** Newest first. */
  listKeys(query: KeyQuery): Promise<Key[]>
  /** The same with what each key stands on, looking at no more than `visitMax` keys, whether they fit or not. */
  pageKeys(query: KeyQuery, look: KeyLook): Promise<KeyPage>
  /** Oldest first. */
  listEvents(query: EventQuery): Promise<KeyEvent[]>
  listUsage(query: UsageQuery): Promise<UsageRow[]>
  quotaAccount(account: QuotaAccount): Promise<{ readonly granted: number }>
  head(): Promise<{ readonly epoch: string; readonly seq: number }>
}

export interface NewKey {
  readonly key: Omit<Key, 'revokedAt' | 'revokedBy' | 'rotatedAt' | 'lastUsedAt'>
  /** Peppered digest of its first secret. */
  readonly digest: string
  /** Set for `single` kinds: no two live keys may have the same slot. */
  readonly slot: string | null
}

/** What narrowing may change. */
export interface KeyChanges {
  readonly name?: string | null
  readonly metadata?: Metadata | null
  readonly scopes?: readonly string[]
  readonly expiresAt?: number
}

/** The first answer to a request with an `Idempotency-Key`. */
export interface IdempotencyRecord {
  /** Who asked: keys are their caller's own. */
  readonly actor: string
  readonly idempotencyKey: string
  /** Digest of what was asked. */
  readonly requestDigest: string
  /** The id of what the request made. */
  readonly madeId: string
  readonly createdAt: number
}

/** Handle of one transaction. Reads through it see its own writes. */
export interface Writes extends Reads, PeopleWrites, LoginWrites, PickupWrites {
  insertKey(added: NewKey): Promise<void>
  /** The live key in a slot, if any. */
  findBySlot(slot: string): Promise<Key | undefined>
  /** Gives a slot back, when its key has expired. */
  clearSlot(slot: string): Promise<void>
  changeKey(id: string, changes: KeyChanges): Promise<void>
  /**
   * Replaces a key's secret: earlier ones that still count end at `endsAt` at the latest.
   * `at` is the moment of the rotation.
   */
  replaceSecret(
    id: string,
    next: { digest: string; start: string; at: number; endsAt: number },
  ): Promise<void>
  /** Marks a key revoked and frees its slot. */
  markRevoked(id: string, at: number, by: string): Promise<void>
  /** `null` makes the resource standing again. An ended resource stays ended: resolves to false. */
  setResourceState(
    resource: string,
    change: {
      readonly state: 'disabled' | 'ended' | null
      readonly at: number
      readonly by: string
    },
  ): Promise<boolean>
  resourceState(resource: string): Promise<ResourceMark | null>
  /** Numbers and writes an event; other processes and listeners see it when the transaction has committed. */
  append(event: NewEvent): Promise<KeyEvent>
  findIdempotency(actor: string, idempotencyKey: string): Promise<IdempotencyRecord | undefined>
  /** Also forgets records older than `forgetBefore`. */
  saveIdempotency(record: IdempotencyRecord, forgetBefore: number): Promise<void>
  /**
   * Books units of a quota if the total stays within the limit.
   * @returns false when it would not; nothing is booked then
   */
  grantQuota(account: QuotaAccount, units: number, limit: number): Promise<boolean>
  /** Gives unspent units of a block back. */
  returnQuota(account: QuotaAccount, units: number): Promise<void>
  addUsage(deltas: readonly UsageDelta[]): Promise<void>
}

/** What is written of a resource that does not simply stand. */
export interface ResourceMark {
  readonly state: 'disabled' | 'ended'
  /** The resource of the key that did it; empty for an operator. */
  readonly by: string
}

export interface Store {
  readonly reads: Reads
  /**
   * Runs `work` in one transaction and commits durably before it resolves.
   * @throws StoreUnavailable when it cannot; nothing has changed then
   */
  transact<Result>(work: (writes: Writes) => Promise<Result>): Promise<Result>
  /**
   * Calls the listener with the events of each commit, in order, before `transact` resolves.
   * @returns a function that ends the subscription
   */
  subscribe(listener: (events: readonly KeyEvent[]) => void): () => void
  /** Resolves when the database answers. @throws StoreUnavailable */
  check(): Promise<void>
  close(): Promise<void>
}

/** The database could not answer or commit; the caller must not conclude anything from it. */
export class StoreUnavailable extends Error {
  readonly code = 'store_unavailable'
  /** True when no later attempt in this process can succeed (a failed fsync, a lost file). */
  readonly isFatal: boolean

  constructor(reason: string, options: { cause?: unknown; isFatal?: boolean } = {}) {
    super(reason, { cause: options.cause })
    this.name = 'StoreUnavailable'
    this.isFatal = options.isFatal ?? false
  }
}
