// A pick-up is a promise to mint: somebody asks for a key that another machine will get, and is given a code for it. The
// key is made when the code is redeemed, by whoever asked and as they could make it at that moment, so until then there
// is no secret anywhere.

import type { Actor } from '../key/actor.ts'
import type { MintRequest } from '../key/mint.ts'

/** What is to be minted. */
export type PromisedKey = Omit<MintRequest, 'idempotencyKey'>

/** A pick-up; its code is stored as a digest only. */
export interface Pickup {
  /** `pku_…` */
  readonly id: string
  /** As it was asked for: what was left out is decided when the key is made. */
  readonly request: PromisedKey
  /** Whose the key will be, and where and in which mode, as it stood when it was asked for. */
  readonly bound: {
    readonly holder: string
    readonly resource: string
    readonly mode: string | null
  }
  /** Who asked, with what they were verified by: where that ends, so does the promise. */
  readonly sender: Actor
  /** The sender, as actors are written in events. */
  readonly createdBy: string
  readonly createdAt: number
  readonly expiresAt: number
  readonly redeemedAt: number | null
  readonly revokedAt: number | null
  /** The key that redeeming made. */
  readonly keyId: string | null
}

/** Ten minutes: long enough to walk to another machine. */
export const PICKUP_SECONDS = 600

/** An hour: a code on a note is forgotten by then. */
export const PICKUP_MAX_SECONDS = 3600
