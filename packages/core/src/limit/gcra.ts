// GCRA, the generic cell rate algorithm: one number per bucket, the theoretical arrival time (TAT) at which the
// bucket would be full again. A call is admitted when the TAT lies at most burst-1 intervals ahead of now. Over any
// span T at most burst + T/interval calls pass, whatever their order; there is no window to exploit at its edge.
// Times are whole nanoseconds of a monotonic clock, and the interval is rounded up, so rounding never admits a call.

export interface Gcra {
  /** Nanoseconds between two calls at the steady rate. */
  readonly intervalNs: number
  /** How many calls an untouched bucket admits at once. */
  readonly burst: number
}

/** What one bucket says about one call. `tat` is the state to keep when the call is admitted. */
export interface GcraVerdict {
  readonly admitted: boolean
  readonly tat: number
  /** Calls that would be admitted right after this one. */
  readonly remaining: number
  /** When refused: how long until one call is admitted. */
  readonly retryNs: number
}

/** `count` calls per `periodMs` with a burst. */
export function gcraOf(limit: {
  readonly count: number
  readonly periodMs: number
  readonly burstCount: number
}): Gcra {
  return {
    intervalNs: Math.ceil((limit.periodMs * 1e6) / limit.count),
    burst: limit.burstCount,
  }
}

/**
 * Decides one call against one bucket, without changing anything.
 * @param tat the bucket's state, 0 for an untouched one
 * @param nowNs monotonic time in whole nanoseconds
 */
export function gcra(limit: Gcra, tat: number, nowNs: number): GcraVerdict {
  const start = Math.max(tat, nowNs)
  const ahead = start - nowNs
  const admittedAhead = (limit.burst - 1) * limit.intervalNs
  if (ahead > admittedAhead) {
    return { admitted: false, tat, remaining: 0, retryNs: ahead - admittedAhead }
  }
  const remaining = Math.floor((admittedAhead - ahead) / limit.intervalNs)
  return { admitted: true, tat: start + limit.intervalNs, remaining, retryNs: 0 }
}
