import type { Clock } from '@keywright/core'
import { Attempts } from './attempts.ts'

/** What is counted of logins. */
export interface LoginAttempts {
  /** Questions to the endpoints for programs. */
  readonly questions: Attempts
  /** New device logins: each is a row, and a code that could be guessed. */
  readonly devices: Attempts
  /** User codes that were typed and are none. With 34 bits a guess a second finds one of a thousand waiting in a year. */
  readonly guesses: Attempts
  /**
   * Codes of pick-ups that were sent and are none. 69 bits need no low bound in the whole, with which anybody could keep
   * everybody from picking up.
   */
  readonly pickups: Attempts
}

const MINUTE_MS = 60_000

export function loginAttempts(clock: Clock): LoginAttempts {
  return {
    questions: new Attempts(clock, {
      network: { count: 10, periodMs: 1000, burstCount: 100 },
      all: { count: 500, periodMs: 1000, burstCount: 1000 },
    }),
    devices: new Attempts(clock, {
      network: { count: 10, periodMs: MINUTE_MS, burstCount: 20 },
      all: { count: 600, periodMs: MINUTE_MS, burstCount: 600 },
    }),
    guesses: new Attempts(clock, {
      network: { count: 5, periodMs: MINUTE_MS, burstCount: 10 },
      all: { count: 60, periodMs: MINUTE_MS, burstCount: 100 },
    }),
    pickups: new Attempts(clock, {
      network: { count: 5, periodMs: MINUTE_MS, burstCount: 10 },
      all: { count: 50, periodMs: 1000, burstCount: 500 },
    }),
  }
}
