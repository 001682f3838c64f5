import type { Gcra } from '@keywright/core'

/** One bucket: its theoretical arrival time, 0 while it is full. Whoever admits a call writes the new time into it. */
export interface Bucket {
  tat: number
}

/**
 * The state of many GCRA buckets under one rule. An untouched bucket is full again after burst x interval, so state
 * older than that says nothing and is dropped by generations of that age: memory follows the number of callers of
 * the last moments, and a flood of new callers never pushes out one that is being refused.
 */
export class RateBuckets {
  readonly #fullAfterNs: number
  #young = new Map<string, Bucket>()
  #old = new Map<string, Bucket>()
  #turnedAtNs = 0

  constructor(limit: Gcra) {
    this.#fullAfterNs = limit.burst * limit.intervalNs
  }

  /** The bucket of a subject, good for this turn of the event loop: later it may have been dropped. */
  find(subject: string, nowNs: number): Bucket {
    this.#turn(nowNs)
    const known = this.#young.get(subject)
    if (known !== undefined) return known
    const bucket = this.#old.get(subject) ?? { tat: 0 }
    this.#young.set(subject, bucket)
    return bucket
  }

  get size(): number {
    return this.#young.size + this.#old.size
  }

  #turn(nowNs: number): void {
    if (nowNs - this.#turnedAtNs < this.#fullAfterNs) return
    this.#old = this.#young
    this.#young = new Map()
    this.#turnedAtNs = nowNs
  }
}
