/**
 * A program on a machine without a browser waits for a person to approve it somewhere else (RFC 8628). Its two codes
 * are stored as digests only.
 */
export interface DeviceLogin {
  /** `dvl_…` */
  readonly id: string
  readonly clientId: string
  /** `user@host`, as the program called its machine; null when it did not. */
  readonly deviceName: string | null
  /** Declared scopes that approving would give, and later those it gave. */
  readonly scopes: readonly string[]
  /** The address that the program asked from; null where that is not known. */
  readonly network: string | null
  readonly createdAt: number
  readonly expiresAt: number
  /** The program waits so many seconds between two questions. */
  readonly intervalSeconds: number
  readonly polledAt: number | null
  /** How often its claimant typed another code. */
  readonly misses: number
  /** Whose it is to decide: `session:` and the id of a session, or a key's id. */
  readonly claimedBy: string | null
  readonly personId: string | null
  readonly decision: 'approved' | 'denied' | null
  /** Who the key is made by, as actors are written in events. */
  readonly decidedBy: string | null
  readonly redeemedAt: number | null
  /** The key that redeeming made. */
  readonly keyId: string | null
}

/** Ten minutes: long enough to find another device, and the most that ASVS 6.6.3 allows. */
export const DEVICE_LIFE_SECONDS = 600

/** RFC 8628 section 3.5. */
export const POLL_SECONDS = 5

/** A claimed code dies when another was typed so often. */
export const MISSES_MAX = 5

/** A person who approves proved who they are within so many seconds. */
export const FRESH_SECONDS = 300
