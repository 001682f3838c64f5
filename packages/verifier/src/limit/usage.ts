// Counts of decisions by key and day, kept in memory and written behind: a decision never waits for them, a crash
// loses at most what one flush interval gathered, and nothing is ever decided by them.

import type { UsageDelta } from '@keywright/core'

type Mutable<Type> = { -readonly [Name in keyof Type]: Type[Name] }

/** When so many keys wait to be written, a flush is asked for at once. */
const WAITING_MAX = 50_000
/** What is kept at most while nothing can be written; older counts are lost before memory is. */
const EARLIER_MAX = 200_000

const DAY_MS = 86_400_000

export class UsageCounter {
  readonly #onFull: () => void
  #today = new Map<string, Mutable<UsageDelta>>()
  /** Finished days, and counts that could not be written yet. */
  #earlier: UsageDelta[] = []
  #dayNumber = 0
  #day = ''

  /** @param onFull called when enough has gathered that it should be written now */
  constructor(onFull: () => void) {
    this.#onFull = onFull
  }

  noteAllowed(keyId: string, units: number, nowMs: number): void {
    const delta = this.#find(keyId, nowMs)
    delta.allowed += 1
    delta.units += units
    delta.lastUsedAt = nowMs
  }

  noteRefused(keyId: string, nowMs: number): void {
    this.#find(keyId, nowMs).refused += 1
  }

  /** Hands over everything gathered, and starts anew. */
  drain(): readonly UsageDelta[] {
    const deltas = [...this.#earlier, ...this.#today.values()]
    this.#earlier = []
    this.#today = new Map()
    return deltas
  }

  /** Takes deltas back that could not be written. */
  restore(deltas: readonly UsageDelta[]): void {
    this.#earlier = [...deltas, ...this.#earlier].slice(-EARLIER_MAX)
  }

  #find(keyId: string, nowMs: number): Mutable<UsageDelta> {
    this.#turnDay(nowMs)
    const known = this.#today.get(keyId)
    if (known !== undefined) return known
    const fresh = { keyId, day: this.#day, allowed: 0, refused: 0, units: 0, lastUsedAt: 0 }
    this.#today.set(keyId, fresh)
    if (this.#today.size === WAITING_MAX) this.#onFull()
    return fresh
  }

  #turnDay(nowMs: number): void {
    const dayNumber = Math.floor(nowMs / DAY_MS)
    if (dayNumber === this.#dayNumber) return
    this.restore([...this.#today.values()])
    this.#today = new Map()
    this.#dayNumber = dayNumber
    this.#day = new Date(nowMs).toISOString().slice(0, 10)
  }
}
