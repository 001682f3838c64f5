import type { ConfigProblem } from '../resolve/resolution.ts'
import { ClientError, type ErrorName } from './client-error.ts'

/**
 * The settings do not let the client work. Thrown before any network call, with every problem found, each with its
 * place and what to do.
 */
export class ConfigError extends ClientError {
  static override readonly called: ErrorName = 'ConfigError'

  readonly problems: readonly ConfigProblem[]

  constructor(client: string, problems: readonly ConfigProblem[]) {
    const [first] = problems
    const lines = problems.map(({ problem, fix }) => `${problem}; ${fix}.`)
    const text = lines.length === 1 ? ` ${lines[0] ?? ''}` : `\n  ${lines.join('\n  ')}`
    super(`${client} is not configured:${text}`, first?.code ?? 'invalid_setting')
    this.problems = problems
    this.hint = first?.fix
  }
}
