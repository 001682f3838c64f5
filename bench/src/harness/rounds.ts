// Two things measured side by side. Each round measures both, right after one another, and rounds alternate in who
// begins, so that whatever else the machine does hits both alike. The ratio is the median of the rounds' own ratios:
// a disturbance that lasts longer than a round changes both of its numbers and hardly their quotient.

import { medianOf } from './median.ts'

/** Measures one round. @returns operations a second, or how long one took */
export type Round = () => Promise<number>

export interface Contest {
  readonly rounds: number
  readonly ours: Round
  readonly theirs: Round
}

/** Medians over the rounds; `ratio` is ours by theirs. */
export interface Verdict {
  readonly ours: number
  readonly theirs: number
  readonly ratio: number
}

export async function compare({ rounds, ours, theirs }: Contest): Promise<Verdict> {
  const pairs: { ours: number; theirs: number }[] = []
  // Round 0 warms up and is not counted.
  for (let round = 0; round <= rounds; round += 1) {
    const pair = round % 2 === 0 ? await oursFirst(ours, theirs) : await theirsFirst(ours, theirs)
    if (round > 0) pairs.push(pair)
  }
  return {
    ours: medianOf(pairs.map((pair) => pair.ours)),
    theirs: medianOf(pairs.map((pair) => pair.theirs)),
    ratio: medianOf(pairs.map((pair) => pair.ours / pair.theirs)),
  }
}

async function oursFirst(ours: Round, theirs: Round): Promise<{ ours: number; theirs: number }> {
  const our = await ours()
  return { ours: our, theirs: await theirs() }
}

async function theirsFirst(ours: Round, theirs: Round): Promise<{ ours: number; theirs: number }> {
  const their = await theirs()
  return { ours: await ours(), theirs: their }
}
