import type { CommandName, Verb } from '../tree/catalogue.ts'
import { commandsOf } from '../tree/commands-of.ts'
import type { Context } from './context.ts'

/** How people of this product type a command: `methodic auth login`; undefined when it has none. */
export function commandText({ line }: Pick<Context, 'line'>, verb: Verb): string | undefined {
  const isIt = (name: CommandName): boolean => name === verb || name === `auth ${verb}`
  const name = commandsOf(line).find(isIt)
  return name === undefined ? undefined : `${line.name} ${name}`
}
