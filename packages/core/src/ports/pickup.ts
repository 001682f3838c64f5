// What the domain needs of storage about pick-ups: a part of the store's reads and writes. A code is known by the
// peppered digest of its text.

import type { Pickup } from '../pickup/pickup.ts'

export interface PickupQuery {
  /** Only those of this sender, as actors are written in events. */
  readonly createdBy?: string
  readonly now: number
  /** Only those older than this id (they are listed newest first). */
  readonly before?: string
  readonly limit: number
  /** How many are looked at, whether they wait or not. */
  readonly visitMax: number
}

/** A page that looked at a bounded number of pick-ups. */
export interface PickupPage {
  readonly pickups: readonly Pickup[]
  /** The last one it looked at, when it stopped there with the page not full; else null. */
  readonly visitedTo: string | null
}

export interface PickupReads {
  getPickup(id: string): Promise<Pickup | undefined>
  findPickup(digest: string): Promise<Pickup | undefined>
  /** Those that wait, newest first. */
  listPickups(query: PickupQuery): Promise<PickupPage>
}

export interface PickupWrites {
  /** Also forgets pick-ups that ended before `forgetBefore`. */
  insertPickup(pickup: Pickup, digest: string, forgetBefore: number): Promise<void>
  /** Consumes a code once, before its end. @returns what it was for; undefined when it could not, and nothing has changed */
  redeemPickup(digest: string, at: number): Promise<Pickup | undefined>
  /** Writes down which key redeeming made. */
  namePickupKey(id: string, keyId: string): Promise<void>
  /** Takes one back that waits. @returns false when it does not any more */
  revokePickup(id: string, at: number): Promise<boolean>
}
