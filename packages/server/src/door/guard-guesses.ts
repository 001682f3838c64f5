import type { ChangeRefusalCode, ChangeRefused, Outcome } from '@keywright/core'
import type { Attempts } from './attempts.ts'

interface Guarding {
  readonly attempts: Attempts
  /** The address that it comes from. */
  readonly network: string | undefined
  /** The codes of refusals that a guess gets. */
  readonly guesses: readonly ChangeRefusalCode[]
}

interface TooManyGuesses {
  readonly ok: false
  readonly code: 'rate_limited'
  readonly detail: string
  readonly retryAfterSeconds: number
}

/** Runs what takes a code that somebody typed, unless this network or everybody together guessed too often. */
export async function guardGuesses<Result extends object>(
  { attempts, network, guesses }: Guarding,
  work: () => Promise<Outcome<Result>>,
): Promise<({ readonly ok: true } & Result) | ChangeRefused | TooManyGuesses> {
  const retryAfterSeconds = attempts.waitSeconds(network)
  if (retryAfterSeconds > 0) {
    const detail = `Too many codes were typed that are none. Wait ${retryAfterSeconds} seconds.`
    return { ok: false, code: 'rate_limited', detail, retryAfterSeconds }
  }
  // Counted before it is looked at, so that guesses at the same time cannot pass together.
  attempts.count(network)
  let isGuess = false
  try {
    const outcome = await work()
    isGuess = !outcome.ok && guesses.includes(outcome.code)
    return outcome
  } finally {
    if (!isGuess) attempts.takeBack(network)
  }
}
