/** What the resolver found fault with, as a command line says it: the client speaks to a program, in whole paths. */
import type { Brand, ConfigProblem, Resolution } from '@keywright/client'
import { commandText } from './command-text.ts'
import type { Context } from './context.ts'
import { shownText } from './shown-path.ts'

type Speaking = Pick<Context, 'brand' | 'line' | 'world'>

export function withShownProblems(resolution: Resolution, context: Speaking): Resolution {
  const { brand, world } = context
  const shown = ({ code, problem, fix, place }: ConfigProblem): ConfigProblem => {
    const isLogin = code === 'missing_setting' && problem.endsWith(` ${brand.credential.name}`)
    const ways = isLogin ? waysToLogIn(context) : withoutOption(brand, fix)
    return { code, problem: shownText(problem, world), fix: shownText(ways, world), place }
  }
  return {
    ...resolution,
    problems: resolution.problems.map(shown),
    warnings: resolution.warnings.map((warning) => shownText(warning, world)),
  }
}

/** The next command of somebody who is not logged in. */
export function waysToLogIn({ brand, line }: Pick<Context, 'brand' | 'line'>): string {
  const login = commandText({ line }, 'login')
  const ways = login === undefined ? [] : [`run \`${login}\``]
  return [...ways, `set ${brand.credential.variable}`].join(', or ')
}

/** Nobody passes an option of the client to a command. */
function withoutOption({ settings }: Brand, fix: string): string {
  const ends = settings.map(({ option }) => `, or pass ${option}`)
  const end = ends.find((each) => fix.endsWith(each)) ?? ''
  return fix.slice(0, fix.length - end.length)
}
