// Guessing is slowed down by network before it costs a look-up: each unknown secret takes one from the bucket of the
// address it came from (an IPv4 address, an IPv6 /64). Known keys in the cache are never affected. Loopback is
// exempt: it is a proxy of the operator's own, behind which are many callers.

import { gcra, gcraOf, networkOf } from '@keywright/core'
import { RateBuckets } from '../limit/buckets.ts'

const GUESSES = gcraOf({ count: 10, periodMs: 1000, burstCount: 100 })

export class NetworkGuard {
  readonly #buckets = new RateBuckets(GUESSES)

  /** Seconds until a look-up is admitted again; 0 when it is now. */
  waitSeconds(network: string | undefined, nowNs: number): number {
    const subject = networkOf(network)
    if (subject === undefined) return 0
    const verdict = gcra(GUESSES, this.#buckets.find(subject, nowNs).tat, nowNs)
    return verdict.admitted ? 0 : Math.ceil(verdict.retryNs / 1e9)
  }

  /** Counts an unknown secret. */
  noteUnknown(network: string | undefined, nowNs: number): void {
    const subject = networkOf(network)
    if (subject === undefined) return
    const bucket = this.#buckets.find(subject, nowNs)
    bucket.tat = gcra(GUESSES, bucket.tat, nowNs).tat
  }
}
