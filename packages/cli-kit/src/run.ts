/** Runs a product's command line once: reads the arguments, does the command, and says how it ended. */
import { type Command, CommanderError } from 'commander'
import { EXIT } from './output/exit.ts'
import { Failure, interruption } from './output/failure.ts'
import { Output } from './output/output.ts'
import type { Context } from './session/context.ts'
import { type Called, buildTree, outputRulesOf } from './tree/build.ts'
import type { Given } from './tree/catalogue.ts'
import type { CommandLine } from './tree/command-line.ts'
import { textFlag } from './tree/text-flag.ts'
import type { World } from './world/world.ts'

/** @returns the exit code, one of `EXIT` or of the product's own, or that of a program which the command ran; never throws */
export async function runCommandLine(line: CommandLine, world: World): Promise<number> {
  // Failures of parsing come before anything is known of the flags, so these two are looked for in the words.
  const early = { json: world.args.includes('--json'), color: !world.args.includes('--no-color') }
  let out = new Output(world, outputRulesOf(early))
  try {
    const called = await parse(line, world)
    if (called === undefined) return EXIT.ok
    out = new Output(world, outputRulesOf(called.globals))
    const run = await called.load()
    const context = await contextOf(line, world, { called, out })
    const exit = await run(context, called.given).catch(async (error: unknown) => {
      throw await repaired(context, called.given, error)
    })
    return exit ?? EXIT.ok
  } catch (error) {
    const failure = world.interrupted.aborted ? interruption() : failureOf(error)
    const { withoutSecrets } = await import('./output/without-secrets.ts')
    out.fail(withoutSecrets(failure, line.brand, world.args), line.name)
    if (!(error instanceof Failure)) out.debug(stackOf(error))
    return line.exits?.[failure.code] ?? failure.exit
  }
}

/** The command that was meant; undefined when help or the version was asked for and is printed. */
async function parse(line: CommandLine, world: World): Promise<Called | undefined> {
  let called: Called | undefined
  const errors: string[] = []
  const program = buildTree(line, (found) => {
    called = found
  })
  const printing = {
    writeOut: (text: string) => world.stdout.write(text),
    writeErr: (text: string) => errors.push(text),
    getOutHasColors: () => false,
    getErrHasColors: () => false,
  }
  for (const command of [
    program,
    ...program.commands,
    ...program.commands.flatMap((each) => each.commands),
  ]) {
    command.configureOutput(printing)
  }
  try {
    await program.parseAsync([...world.args], { from: 'user' })
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error
    if (error.exitCode === 0) return undefined
    const help = helpFor(program, world.args)
    throw usageFailure(error, { help, printed: errors.join('') })
  }
  return called
}

/** The help of the command that was meant, as far as the words name one. */
function helpFor(program: Command, args: readonly string[]): string {
  const words = [program.name()]
  let at: Command | undefined = program
  for (const word of args.filter((each) => !each.startsWith('-'))) {
    at = at.commands.find((command) => command.name() === word)
    if (at === undefined) break
    words.push(word)
  }
  return `${words.join(' ')} --help`
}

function usageFailure(
  error: CommanderError,
  { help, printed }: { readonly help: string; readonly printed: string },
): Failure {
  // A group without a command prints its help as an error.
  if (error.code === 'commander.help') {
    return new Failure('usage', `A command is missing.\n\n${printed.trimEnd()}`)
  }
  const [message = error.message, ...more] = error.message.replace(/^error: /, '').split('\n')
  const suggestion = more.join(' ').replace(/^\(|\)$/g, '')
  return new Failure(
    'usage',
    `${message.charAt(0).toUpperCase()}${message.slice(1).replace(/\.$/, '')}.`,
    {
      hint: [suggestion, `See \`${help}\`.`].filter((text) => text !== '').join(' '),
    },
  )
}

async function contextOf(
  line: CommandLine,
  world: World,
  { called, out }: { readonly called: Called; readonly out: Output },
): Promise<Context> {
  const { openContext } = await import('./session/open-context.ts')
  return openContext(line, world, { globals: called.globals, out })
}

/** The failure with what would mend it, where that takes a question to the server. */
async function repaired(context: Context, given: Given, error: unknown): Promise<unknown> {
  const isMendable = error instanceof Failure && error.requiredScopes.length > 0
  if (!isMendable || context.world.interrupted.aborted) return error
  const { withRepair } = await import('./session/forbidden.ts')
  return withRepair(context, error, { profile: textFlag(given, 'profile') })
}

function failureOf(error: unknown): Failure {
  if (error instanceof Failure) return error
  return new Failure('failed', error instanceof Error ? error.message : String(error), {
    hint: 'This should not happen; run it again with --debug and tell the makers.',
    cause: error,
  })
}

function stackOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error)
}
