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
    const places = problems.length === 1 ? '1 place' : `${problems.length} places`
    super(`The definition is wrong in ${places}:\n${lines.join('\n')}`)
    this.name = 'DefinitionError'
    this.problems = problems
  }
}
