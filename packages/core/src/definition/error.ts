/** One thing wrong with a definition. */
export interface DefinitionProblem {
  /** Where, as a path into the file: `keys.agent.mintedBy[0]`. */
  readonly place: string
  readonly problem: string
  readonly fix: string
}

/** Thrown when a definition is loaded that cannot be right; it lists everything found, each with place and fix. */
export class DefinitionError extends Error {
  readonly code = 'invalid_definition'
  readonly problems: readonly DefinitionProblem[]

  constructor(problems: readonly DefinitionProblem[]) {
    const lines = problems.map((p) => `  ${p.place}: ${p.problem}\n    fix: ${p.fix}`)
    super(`The definition is wrong in ${problems.length} place(s):\n${lines.join('\n')}`)
    this.name = 'DefinitionError'
    this.problems = problems
  }
}
