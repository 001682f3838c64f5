// What was asked and answered: counts for metrics and one line a request for the log. Only route patterns are kept,
// never a URL, and of the headers nothing. The two busy doors are asked for every request of somebody's API, which
// has a log of its own: they are counted, and logged only when they fail.

import type { Clock } from '@keywright/core'
import { redactSecrets } from '@keywright/token'

/** One answered request. */
export interface Exchange {
  readonly method: string
  /** The pattern of the route, as `/v1/keys/:id`. */
  readonly route: string
  readonly status: number
  /** Monotonic time of its arrival. */
  readonly arrivedMs: number
  readonly requestId: string
  readonly keyId: string | undefined
  /** Counted always, logged only when it failed. */
  readonly isBusy?: boolean
}

/** Upper bounds of the histogram, in seconds. */
export const BUCKETS = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 5]

/** Requests of one route and status. */
export interface Tally {
  readonly route: string
  readonly status: number
  count: number
  seconds: number
  /** One count a bucket, not yet added up. */
  readonly buckets: number[]
}

export class Traffic {
  readonly #clock: Clock
  readonly #log: ((line: string) => void) | undefined
  readonly #byRoute = new Map<string, Map<number, Tally>>()

  constructor(clock: Clock, log: ((line: string) => void) | undefined) {
    this.#clock = clock
    this.#log = log
  }

  note(exchange: Exchange): void {
    const { route, status, arrivedMs } = exchange
    const ms = this.#clock.monotonic() - arrivedMs
    const tally = this.#tally(route, status)
    const seconds = ms / 1000
    tally.count += 1
    tally.seconds += seconds
    let bucket = 0
    while (bucket < BUCKETS.length && seconds > (BUCKETS[bucket] as number)) bucket += 1
    if (bucket < BUCKETS.length) tally.buckets[bucket] = (tally.buckets[bucket] as number) + 1
    if (this.#log === undefined || (exchange.isBusy === true && status < 500)) return
    this.#log(this.#line(exchange, ms))
  }

  /** A failure of ours, for whoever runs this: the client is told only that there was one. */
  noteFailure(requestId: string, error: unknown): void {
    const time = new Date(this.#clock.now()).toISOString()
    const text = error instanceof Error ? (error.stack ?? error.message) : 'not an error'
    const cause = redactSecrets(text)
    this.#log?.(JSON.stringify({ time, level: 'error', request_id: requestId, error: cause }))
  }

  tallies(): Tally[] {
    return [...this.#byRoute.values()].flatMap((byStatus) => [...byStatus.values()])
  }

  #line({ method, route, status, requestId, keyId }: Exchange, ms: number): string {
    return JSON.stringify({
      time: new Date(this.#clock.now()).toISOString(),
      level: 'info',
      method,
      route,
      status,
      duration_ms: Math.round(ms * 1000) / 1000,
      request_id: requestId,
      key_id: keyId,
    })
  }

  #tally(route: string, status: number): Tally {
    let byStatus = this.#byRoute.get(route)
    if (byStatus === undefined) {
      byStatus = new Map()
      this.#byRoute.set(route, byStatus)
    }
    let tally = byStatus.get(status)
    if (tally === undefined) {
      tally = { route, status, count: 0, seconds: 0, buckets: BUCKETS.map(() => 0) }
      byStatus.set(status, tally)
    }
    return tally
  }
}
