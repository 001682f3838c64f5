import type { BrandProblem } from './error.ts'
import type { LooseRecord } from '../loose/record.ts'

/** Gathers what is wrong, so that a team sees everything at once instead of one error a start. */
export class Findings {
  readonly problems: BrandProblem[] = []

  /** Notes the problem unless it holds; gives back whether it does. */
  must(holds: boolean, place: string, [problem, fix]: readonly [string, string]): boolean {
    if (!holds) this.problems.push({ place, problem, fix })
    return holds
  }

  /** Notes every name that is not among those there are. */
  known(names: Iterable<string>, there: readonly string[], place: (name: string) => string): void {
    for (const name of names) {
      this.must(there.includes(name), place(name), ['is not known', `use ${there.join(', ')}`])
    }
  }
}

/** A field of a brand that brings its own code: its check comes with it, so brands without the field have none of it. */
export interface CheckedPart {
  readonly check: (findings: Findings, brand: LooseRecord) => void
}
