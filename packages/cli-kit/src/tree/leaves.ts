/** Every command of a product in one list, in the order of the help: its own, then those of the kit. */
import type { OwnCommand, OwnGroup } from '../own/own-command.ts'
import { type CommandName, entryOf, FLAGS, type Run } from './catalogue.ts'
import type { CommandLine } from './command-line.ts'
import { commandsOf, flagsOf } from './commands-of.ts'
import type { FlagText } from './global-flags.ts'

export interface Leaf {
  /** As people type it, with spaces: `auth login`. */
  readonly name: string
  readonly about: string
  readonly argument: string | undefined
  readonly flags: readonly FlagText[]
  load(): Promise<Run>
}

/** @throws TypeError when the product has a command of its own that the kit has too */
export function leavesOf(line: CommandLine): readonly Leaf[] {
  const leaves = [...ownLeaves(line), ...commandsOf(line).map((name) => kitLeaf(line, name))]
  const names = leaves.map(({ name }) => name)
  const twice = names.find((name, at) => names.indexOf(name) !== at)
  if (twice !== undefined) {
    throw new TypeError(`${line.name} has two commands '${twice}'; leave the kit's out of commands`)
  }
  return leaves
}

/** What the help says of a word that has commands below it. */
export function groupsOf({ own = {} }: CommandLine): ReadonlyMap<string, string> {
  const groups = Object.entries(own).filter(([, entry]) => isGroup(entry))
  return new Map([...GROUPS, ...groups.map(([word, { about }]) => [word, about] as const)])
}

const GROUPS = [
  ['auth', 'log in, log out and see what is used'],
  ['token', 'tokens of your own'],
  ['keys', 'keys of providers'],
  ['config', 'stored settings'],
] as const

function ownLeaves({ own = {} }: CommandLine): Leaf[] {
  return Object.entries(own).flatMap(([word, entry]) =>
    isGroup(entry)
      ? Object.entries(entry.commands).map(([below, each]) => ownLeaf(`${word} ${below}`, each))
      : [ownLeaf(word, entry)],
  )
}

function isGroup(entry: OwnCommand | OwnGroup): entry is OwnGroup {
  return 'commands' in entry
}

function ownLeaf(name: string, command: OwnCommand): Leaf {
  const { about, argument, flags = [] } = command
  const load = async (): Promise<Run> => {
    const [{ runOwn }, run] = await Promise.all([import('../own/run-own.ts'), command.load()])
    return (context, given) => runOwn(run, context, given)
  }
  return { name, about, argument, flags, load }
}

function kitLeaf(line: CommandLine, name: CommandName): Leaf {
  const { entry } = entryOf(name)
  return {
    name,
    about: entry.about,
    argument: entry.argument,
    flags: flagsOf(line, name).map((flag) => FLAGS[flag]),
    load: () => entry.load(),
  }
}
