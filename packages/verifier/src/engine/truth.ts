// What makes a cached answer true: no event after the one it was read at touched its key, a key above it, its
// resource or one above that, or for keys of people the person and the places of their roles. Events are remembered by what they touched instead of being applied to entries, so one
// event ends a million keys at the cost of one, entries need no reverse index, and a slow fill that a revocation
// overtook is found out by the same rule as an old entry.

import type { KeyEvent, KeyFacts } from '@keywright/core'
import { withAncestors } from '@keywright/core'

/** How many touched subjects are remembered; entries older than the oldest forgotten one are read again. */
const TOUCHED_MAX = 100_000

export class Truth {
  readonly #touched = new Map<string, number>()
  #head = 0
  #floor = 0

  /** Takes an event in; from now on nothing read before it passes for true if it concerns the same key or resource. */
  apply(event: KeyEvent): void {
    const subject = event.keyId ?? event.person ?? event.resource
    this.#head = Math.max(this.#head, event.seq)
    this.#touched.delete(subject)
    this.#touched.set(subject, event.seq)
    if (this.#touched.size <= TOUCHED_MAX) return
    const [oldest, seq] = this.#touched.entries().next().value as [string, number]
    this.#touched.delete(oldest)
    this.#floor = Math.max(this.#floor, seq)
  }

  /** Whether facts are still true. Facts that are become facts of the newest event, so the next look is one comparison. */
  isCurrent(facts: KeyFacts): boolean {
    if (facts.seq >= this.#head) return true
    if (facts.seq < this.#floor) return false
    if (this.#isTouched(facts.id, facts.seq)) return false
    for (const ancestor of facts.shared.line) {
      if (this.#isTouched(ancestor, facts.seq)) return false
    }
    for (const resource of withAncestors(facts.resource)) {
      if (this.#isTouched(resource, facts.seq)) return false
    }
    for (const name of facts.shared.watched) {
      if (this.#isTouched(name, facts.seq)) return false
    }
    facts.seq = this.#head
    return true
  }

  #isTouched(subject: string, since: number): boolean {
    const seq = this.#touched.get(subject)
    return seq !== undefined && seq > since
  }
}
