/** What the resolver found fault with, as a command line says it: the client speaks to a program, in whole paths. */
import type { ConfigProblem, Resolution } from '@keywright/client'
import { commandText } from './command-text.ts'
import type { Context } from './context.ts'
import { shownText } from './shown-path.ts'

type Speaking = Pick<Context, 'brand' | 'line' | 'world'>

export function withShownProblems(resolution: Resolution, context: Speaking): Resolution {
  const { world } = context
  const shown = (found: ConfigProblem): ConfigProblem => ({
    ...found,
    problem: shownText(found.problem, world),
    fix: shownText(waysToGive(context, found.setting) ?? found.fix, world),
  })
  return {
    ...resolution,
    problems: resolution.problems.map(shown),
    warnings: resolution.warnings.map((warning) => shownText(warning, world)),
  }
}

/** How a missing setting is given at a terminal, where nobody passes an option of the client. */
function waysToGive(context: Speaking, name: string | undefined): string | undefined {
  const { settings, credential } = context.brand
  if (name === credential.name) return waysToLogIn(context)
  const missing = settings.find((setting) => setting.name === name)
  return missing && `set ${missing.variable}`
}

/** The next command of somebody who is not logged in. */
export function waysToLogIn({ brand, line }: Pick<Context, 'brand' | 'line'>): string {
  const login = commandText({ line }, 'login')
  const ways = login === undefined ? [] : [`run \`${login}\``]
  return [...ways, `set ${brand.credential.variable}`].join(', or ')
}
