/** Time as the domain sees it. Rates and cache ages use the monotonic time, everything stored the wall time. */
export interface Clock {
  /** Wall time, epoch milliseconds. */
  now(): number
  /** Milliseconds from an arbitrary start; never goes back. */
  monotonic(): number
}
