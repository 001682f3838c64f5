/** What can stand as the first argument of a command: the words that the kit knows without asking anybody. */
import type { CommandLine } from '../../tree/command-line.ts'
import { commandsOf } from '../../tree/commands-of.ts'
import { isOfLogin } from '../../session/named-setting.ts'
import { PROTOCOLS } from '../hand-over.ts'
import { TOPICS } from '../help/topics.ts'

export const SHELLS = ['bash', 'zsh', 'fish', 'powershell'] as const

/** Commands to the words that can follow as arguments. The commands that `help` explains are not among its words. */
export function argumentsOf(line: CommandLine): ReadonlyMap<string, readonly string[]> {
  const { brand } = line
  const settings = brand.settings.map(({ name }) => name)
  const storable = brand.settings.filter((each) => !isOfLogin(brand, each)).map(({ name }) => name)
  const words: Readonly<Record<string, readonly string[]>> = {
    'config get': settings,
    'config set': storable,
    'config unset': storable,
    why: settings,
    help: TOPICS,
    helper: PROTOCOLS,
    completion: SHELLS,
  }
  return new Map(
    commandsOf(line).flatMap((name) => {
      const known = words[name.replace(/^auth /, '')]
      return known === undefined ? [] : [[name, known] as const]
    }),
  )
}
