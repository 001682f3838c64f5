/** The tree of a product's commands, for commander. Nothing is loaded here but names and help texts. */
import { Command } from 'commander'
import { Failure } from '../output/failure.ts'
import type { OutputRules } from '../output/output.ts'
import type { Given, Run } from './catalogue.ts'
import type { CommandLine } from './command-line.ts'
import { type FlagText, globalFlagsOf } from './global-flags.ts'
import { groupsOf, type Leaf, leavesOf } from './leaves.ts'

/** What was written on the command line, read but not done. */
export interface Called {
  readonly load: () => Promise<Run>
  readonly given: Given
  readonly globals: Globals
}

/** The flags of every command, as commander names them. */
export type Globals = Readonly<Record<string, string | boolean | undefined>>

/** `onCalled` gets the one command that was meant. */
export function buildTree(line: CommandLine, onCalled: (called: Called) => void): Command {
  const program = new Command(line.name)
    .version(line.version, '--version', 'print the version')
    .helpOption('--help', 'show this')
    .exitOverride()
    .showSuggestionAfterError()
  if (line.about !== undefined) program.description(line.about)
  const globals = globalFlagsOf(line)
  for (const [syntax, about] of globals) program.option(syntax, about)
  const groups = groupsOf(line)
  for (const leaf of leavesOf(line)) {
    const command = placeOf(program, leaf.name, groups)
    command.description(leaf.about)
    addFlags(command, leaf.flags, globals)
    addAction(command, leaf, (given) =>
      onCalled({ load: () => leaf.load(), given, globals: program.opts() }),
    )
  }
  return program
}

/** What `--json` and its like say. */
export function outputRulesOf(globals: Globals): OutputRules {
  return {
    isJson: globals['json'] === true,
    isQuiet: globals['quiet'] === true,
    isDebug: globals['debug'] === true,
    isColorOff: globals['color'] === false,
  }
}

function addAction(command: Command, { argument }: Leaf, onGiven: (given: Given) => void): void {
  if (argument !== undefined) command.arguments(argument)
  // Judged below: commander only says how many arguments there were, not which command was meant.
  else command.allowExcessArguments()
  command.action(() => {
    if (argument === undefined) refuseWords(command)
    const words: readonly unknown[] = argument === undefined ? [] : command.processedArgs.flat()
    const [first, ...rest] = words.filter((word) => typeof word === 'string')
    onGiven({ argument: first, rest, flags: command.opts() })
  })
}

/** The command of a name such as `auth login`, with the group above it made on the way. */
function placeOf(program: Command, name: string, groups: ReadonlyMap<string, string>): Command {
  let at = program
  for (const word of name.split(' ')) {
    const found = at.commands.find((command) => command.name() === word)
    at = found ?? at.command(word)
    if (found === undefined) at.copyInheritedSettings(program).description(groups.get(word) ?? '')
  }
  return at
}

function refuseWords(command: Command): void {
  const [word] = command.args
  if (word === undefined) return
  const below = command.commands.map((each) => each.name())
  throw new Failure('usage', `\`${command.name()}\` does not take ${word}.`, {
    hint: below.length === 0 ? undefined : `Below it there are ${below.join(', ')}.`,
  })
}

/** A flag of every command is read there, wherever it stands. */
function addFlags(
  command: Command,
  flags: readonly FlagText[],
  globals: readonly FlagText[],
): void {
  const known = globals.map(([syntax]) => syntax)
  for (const [syntax, about, times] of flags) {
    if (known.includes(syntax)) continue
    if (times === 'repeatable') command.option(syntax, about, together)
    else command.option(syntax, about)
  }
}

function together(value: string, before: string | undefined): string {
  return before === undefined ? value : `${before},${value}`
}
