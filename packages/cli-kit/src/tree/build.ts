/** The tree of a product's commands, for commander. Nothing is loaded here but names and help texts. */
import { Command } from 'commander'
import { Failure } from '../output/failure.ts'
import type { OutputRules } from '../output/output.ts'
import {
  entryOf,
  FLAGS,
  type CommandName,
  type FlagName,
  type Given,
  type Run,
} from './catalogue.ts'
import type { CommandLine } from './command-line.ts'
import { commandsOf, flagsOf } from './commands-of.ts'
import { globalFlagsOf } from './global-flags.ts'

/** What was written on the command line, read but not done. */
export interface Called {
  readonly load: () => Promise<Run>
  readonly given: Given
  readonly globals: Globals
}

/** The flags of every command, as commander names them. */
export type Globals = Readonly<Record<string, string | boolean | undefined>>

const GROUPS: Readonly<Record<string, string>> = {
  auth: 'log in, log out and see what is used',
  token: 'tokens of your own',
  keys: 'keys of providers',
}

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
  for (const name of commandsOf(line)) {
    const command = placeOf(program, name)
    const { entry } = entryOf(name)
    command.description(entry.about)
    if (entry.argument !== undefined) command.argument(entry.argument)
    addFlags(
      command,
      flagsOf(line, name),
      globals.map(([syntax]) => syntax),
    )
    // Judged below: commander only says how many arguments there were, not which command was meant.
    if (entry.argument === undefined) command.allowExcessArguments()
    command.action((...values: unknown[]) => {
      if (entry.argument === undefined) refuseWords(command)
      const [argument] = entry.argument === undefined ? [undefined] : values
      onCalled({
        load: () => entry.load(),
        given: {
          argument: typeof argument === 'string' ? argument : undefined,
          flags: command.opts(),
        },
        globals: program.opts(),
      })
    })
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

/** The command of a name such as `auth login`, with the group above it made on the way. */
function placeOf(program: Command, name: CommandName): Command {
  let at = program
  for (const word of name.split(' ')) {
    const found = at.commands.find((command) => command.name() === word)
    at = found ?? at.command(word)
    if (found === undefined) at.copyInheritedSettings(program).description(GROUPS[word] ?? '')
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

function addFlags(command: Command, flags: readonly FlagName[], globals: readonly string[]): void {
  for (const flag of flags) {
    const [syntax, about] = FLAGS[flag]
    // A flag of every command is read there, wherever it stands.
    if (!globals.includes(syntax)) command.option(syntax, about)
  }
}
