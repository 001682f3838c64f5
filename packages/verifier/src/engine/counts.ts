import type { RefusalCode } from '@keywright/core'

/** Numbers since the start, for metrics. Plain additions: they are on the warm path. */
export class DecisionCounts {
  allowed = 0
  cacheHits = 0
  cacheMisses = 0
  readonly #refused = new Map<RefusalCode, number>()

  noteRefused(code: RefusalCode): void {
    this.#refused.set(code, (this.#refused.get(code) ?? 0) + 1)
  }

  decisions(): ReadonlyMap<'allowed' | RefusalCode, number> {
    return new Map<'allowed' | RefusalCode, number>([['allowed', this.allowed], ...this.#refused])
  }
}
