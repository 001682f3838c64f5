import type { Gcra } from '@keywright/core'

/**
 * The state of many GCRA buckets under one rule. An untouched bucket is full again after burst x interval, so state
 * older than that says nothing and is dropped by generations of that age: memory follows the number of callers of
 * the last moments, and a flood of new callers never pushes out one that is being refused.
 */
export class RateBuckets {
  readonly #fullAfterNs: number
  #young = new Map<string, number>()
  #old = new Map<string, number>()
  #turnedAtNs = 0

  constructor(limit: Gcra) {
    this.#fullAfterNs = limit.burst * limit.intervalNs
  }

  /** The bucket's theoretical arrival time, 0 for a full one. */
  get(subject: string, nowNs: number): number {
    this.#turn(nowNs)
    return this.#young.get(subject) ?? this.#old.get(subject) ?? 0
  }

  set(subject: string, tat: number, nowNs: number): void {
    this.#turn(nowNs)
    this.#young.set(subject, tat)
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
