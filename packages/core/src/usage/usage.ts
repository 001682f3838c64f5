/** Names one monthly count: which quota, of whom, in which mode and month. */
export interface QuotaAccount {
  readonly quota: string
  /** A key's id, or the resource that shares the quota. */
  readonly subject: string
  readonly mode: string
  /** `2026-11` */
  readonly period: string
}

/** Decisions about one key on one day. */
export interface UsageRow {
  readonly keyId: string
  readonly kind: string
  readonly resource: string
  readonly mode: string | null
  /** UTC, `2026-11-21` */
  readonly day: string
  readonly allowed: number
  readonly refused: number
  /** Units taken from quotas. */
  readonly units: number
}

/** What happened since the last flush. */
export interface UsageDelta {
  readonly keyId: string
  readonly day: string
  readonly allowed: number
  readonly refused: number
  readonly units: number
  /** Latest allowed use, epoch milliseconds; 0 for none. */
  readonly lastUsedAt: number
}

/** How a quota of one subject stands. */
export interface QuotaStanding {
  readonly name: string
  readonly subject: string
  readonly mode: string | null
  readonly period: string
  readonly limit: number
  readonly used: number
  readonly remaining: number
  readonly periodEndsAt: number
}
