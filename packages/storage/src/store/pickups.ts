import type { PickupReads, PickupWrites } from '@keywright/core'
import {
  findPickup,
  getPickup,
  insertPickup,
  listPickups,
  namePickupKey,
  redeemPickup,
  revokePickup,
} from '../pickup/pickup.ts'
import type { Database } from '../schema/tables.ts'

/** The questions about pick-ups. */
export function pickupReadsOver(db: Database): PickupReads {
  return {
    getPickup: (id) => getPickup(db, id),
    findPickup: (digest) => findPickup(db, digest),
    listPickups: (query) => listPickups(db, query),
  }
}

/** The changes to pick-ups, in the caller's transaction. */
export function pickupWritesOver(db: Database): PickupWrites {
  return {
    insertPickup: (pickup, digest, forgetBefore) =>
      insertPickup(db, pickup, { digest, forgetBefore }),
    redeemPickup: (digest, at) => redeemPickup(db, digest, at),
    namePickupKey: (id, keyId) => namePickupKey(db, id, keyId),
    revokePickup: (id, at) => revokePickup(db, id, at),
  }
}
