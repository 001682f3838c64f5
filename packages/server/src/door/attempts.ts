// Attempts that anybody can make without a credential, counted by the network they come from and all together: who has
// many networks is stopped too (RFC 8628 section 5.1). Loopback is a proxy of the operator's own and counts only in the
// whole.

import type { Clock, Gcra } from '@keywright/core'
import { gcra, gcraOf, networkOf } from '@keywright/core'
import { RateBuckets } from '@keywright/verifier'

/** What may be attempted: `count` in `periodMs`, and `burstCount` at once. */
interface Allowance {
  readonly count: number
  readonly periodMs: number
  readonly burstCount: number
}

const EVERYBODY = 'everybody'

export class Attempts {
  readonly #clock: Clock
  readonly #limits: readonly { readonly rule: Gcra; readonly buckets: RateBuckets }[]

  constructor(clock: Clock, allowed: { readonly network: Allowance; readonly all: Allowance }) {
    this.#clock = clock
    this.#limits = [allowed.network, allowed.all].map((allowance) => {
      const rule = gcraOf(allowance)
      return { rule, buckets: new RateBuckets(rule) }
    })
  }

  /** Seconds until another attempt is admitted; 0 when it is now. Nothing is counted. */
  waitSeconds(network: string | undefined): number {
    const waits = this.#bucketsOf(network).map(({ rule, bucket, nowNs }) => {
      const verdict = gcra(rule, bucket.tat, nowNs)
      return verdict.admitted ? 0 : Math.ceil(verdict.retryNs / 1e9)
    })
    return Math.max(0, ...waits)
  }

  /** Counts one attempt. */
  count(network: string | undefined): void {
    for (const { rule, bucket, nowNs } of this.#bucketsOf(network)) {
      bucket.tat = gcra(rule, bucket.tat, nowNs).tat
    }
  }

  /** Takes the count of an attempt back that was no guess. */
  takeBack(network: string | undefined): void {
    for (const { rule, bucket } of this.#bucketsOf(network)) bucket.tat -= rule.intervalNs
  }

  #bucketsOf(network: string | undefined) {
    const nowNs = Math.round(this.#clock.monotonic() * 1e6)
    const subjects = [networkOf(network), EVERYBODY]
    return this.#limits.flatMap(({ rule, buckets }, index) => {
      const subject = subjects[index]
      return subject === undefined ? [] : [{ rule, bucket: buckets.find(subject, nowNs), nowNs }]
    })
  }
}
