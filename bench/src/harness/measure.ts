import type { Verdict } from './rounds.ts'

/** One line of the table. */
export interface Row {
  readonly measure: string
  readonly ours: number
  readonly comparedWith: string
  readonly theirs: number
  readonly unit: '/s' | 'B' | 'ms'
  readonly ratio: number
  readonly goal: string
  readonly isReached: boolean
}

export interface Effort {
  /** Rounds that count; one more warms up. */
  readonly rounds: number
  /** Small amounts: shows that a measure runs, and nothing about speed. */
  readonly isQuick: boolean
}

/** Sets up, measures, cleans up. Throws when what it measures does not answer as it should. */
export type Measure = (effort: Effort) => Promise<readonly Row[]>

export interface Contested {
  readonly measure: string
  readonly comparedWith: string
  /** The smallest ratio that reaches the goal. */
  readonly ratioMin: number
}

/** A row of two rates. */
export function rateRow({ measure, comparedWith, ratioMin }: Contested, verdict: Verdict): Row {
  const goal = `at least ${ratioMin}`
  const isReached = verdict.ratio >= ratioMin
  return { measure, comparedWith, ...verdict, unit: '/s', goal, isReached }
}
