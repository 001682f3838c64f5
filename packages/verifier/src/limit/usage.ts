// Counts of decisions by key and day, kept in memory and written behind: a decision never waits for them, a crash
// loses at most what one flush interval gathered, and nothing is ever decided by them.

import type { KeyFacts, UsageDelta } from '@keywright/core'

/** When so many keys wait to be written, a flush is asked for at once. */
const WAITING_MAX = 50_000
/** What is kept at most while nothing can be written; older counts are lost before memory is. */
const EARLIER_MAX = 200_000

const DAY_MS = 86_400_000

export class UsageCounter {
  readonly #onFull: () => void
  /** Keys used today; each carries its own counts, so that counting needs no look-up. */
  #used: KeyFacts[] = []
  /** Finished days, and counts that could not be written yet. */
  #earlier: UsageDelta[] = []
  #dayNumber = 0
  #day = ''
  #isFull = false

  /** @param onFull called when enough has gathered that it should be written now */
  constructor(onFull: () => void) {
    this.#onFull = onFull
  }

  noteAllowed(facts: KeyFacts, units: number, nowMs: number): void {
    const delta = this.#find(facts, nowMs)
    delta.allowed += 1
    delta.units += units
    delta.lastUsedAt = nowMs
    if (this.#isFull) this.#tellFull()
  }

  noteRefused(facts: KeyFacts, nowMs: number): void {
    this.#find(facts, nowMs).refused += 1
    if (this.#isFull) this.#tellFull()
  }

  /** Hands over everything gathered, and starts anew. */
  drain(): readonly UsageDelta[] {
    const deltas = [...this.#earlier, ...this.#takeToday()]
    this.#earlier = []
    return deltas
  }

  /** Takes deltas back that could not be written. */
  restore(deltas: readonly UsageDelta[]): void {
    this.#earlier = [...deltas, ...this.#earlier].slice(-EARLIER_MAX)
  }

  #find(facts: KeyFacts, nowMs: number): NonNullable<KeyFacts['use']> {
    this.#turnDay(nowMs)
    if (facts.use !== null) return facts.use
    const { id: keyId } = facts
    facts.use = { keyId, day: this.#day, allowed: 0, refused: 0, units: 0, lastUsedAt: 0 }
    this.#used.push(facts)
    this.#isFull = this.#used.length === WAITING_MAX
    return facts.use
  }

  // Only when the count itself is done: whoever is told may take everything away at once.
  #tellFull(): void {
    this.#isFull = false
    this.#onFull()
  }

  #turnDay(nowMs: number): void {
    const dayNumber = Math.floor(nowMs / DAY_MS)
    if (dayNumber === this.#dayNumber) return
    this.restore(this.#takeToday())
    this.#dayNumber = dayNumber
    this.#day = new Date(nowMs).toISOString().slice(0, 10)
  }

  #takeToday(): UsageDelta[] {
    const deltas: UsageDelta[] = []
    for (const facts of this.#used) {
      if (facts.use !== null) deltas.push(facts.use)
      facts.use = null
    }
    this.#used = []
    return deltas
  }
}
