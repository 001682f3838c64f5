import type { Clock } from '../src/ports/clock.ts'

/** A clock that stands still until it is moved. */
export class TestClock implements Clock {
  #wallMs: number
  #monotonicMs = 1_000

  constructor(start = '2026-11-21T05:00:00Z') {
    this.#wallMs = Date.parse(start)
  }

  now(): number {
    return this.#wallMs
  }

  monotonic(): number {
    return this.#monotonicMs
  }

  /** Both times go on. */
  advance(ms: number): void {
    this.#wallMs += ms
    this.#monotonicMs += ms
  }

  /** Only the wall clock jumps, as when somebody sets it. */
  jump(ms: number): void {
    this.#wallMs += ms
  }
}
