/** One thing wrong with a brand. */
export interface BrandProblem {
  /** Where, as a path into the file: `settings.timeout.default`. */
  readonly place: string
  readonly problem: string
  readonly fix: string
}

/** Thrown when a brand is loaded that cannot be right; it lists everything found, each with place and fix. */
export class BrandError extends Error {
  readonly code = 'invalid_brand'
  readonly problems: readonly BrandProblem[]

  constructor(problems: readonly BrandProblem[]) {
    const lines = problems.map((p) => `  ${p.place}: ${p.problem}\n    fix: ${p.fix}`)
    const places = problems.length === 1 ? '1 place' : `${problems.length} places`
    super(`The brand is wrong in ${places}:\n${lines.join('\n')}`)
    this.name = 'BrandError'
    this.problems = problems
  }
}
