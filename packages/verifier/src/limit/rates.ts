import type { GcraVerdict, KeyFacts, LimitState, RateRule } from '@keywright/core'
import { gcra, subjectOf } from '@keywright/core'
import type { Bucket } from './buckets.ts'
import { RateBuckets } from './buckets.ts'

/** How one rate sees one call. Nothing is taken until `take`. */
export interface RateView {
  readonly rule: RateRule
  readonly bucket: Bucket
  readonly verdict: GcraVerdict
}

/** The rate limits of one process, exact: burst + rate x time, whatever the order of calls. */
export class Rates {
  readonly #byRule = new Map<string, RateBuckets>()

  view(rule: RateRule, facts: KeyFacts, nowNs: number): RateView {
    const subject = subjectOf(facts, rule.sharedDepth)
    const bucket = this.#buckets(rule).find(subject, nowNs)
    return { rule, bucket, verdict: gcra(rule.gcra, bucket.tat, nowNs) }
  }

  take({ bucket, verdict }: RateView): void {
    bucket.tat = verdict.tat
  }

  #buckets(rule: RateRule): RateBuckets {
    let buckets = this.#byRule.get(rule.id)
    if (buckets === undefined) {
      buckets = new RateBuckets(rule.gcra)
      this.#byRule.set(rule.id, buckets)
    }
    return buckets
  }
}

/** A rate as callers see it. */
export function rateState({ rule, verdict }: RateView, nowNs: number): LimitState {
  return {
    name: rule.name,
    limit: rule.gcra.burst,
    remaining: verdict.remaining,
    resetSeconds: Math.ceil(Math.max(0, verdict.tat - nowNs) / 1e9),
    windowSeconds: Math.ceil((rule.gcra.burst * rule.gcra.intervalNs) / 1e9),
  }
}
