/** When a person may be asked. A question that nobody sees would wait for ever (complaint of every CI). */
import { isCi } from '../output/ci.ts'
import { Failure } from '../output/failure.ts'
import { askHidden, askLine } from '../prompt/read-line.ts'
import type { Context } from './context.ts'

/** Stdin and stderr are terminals, `--no-input` is not given, and this is not a CI run. */
export function isInteractive({ world, isInputOff }: Context): boolean {
  const isTerminal = world.stdin.isTTY === true && world.stderr.isTTY === true
  return isTerminal && !isInputOff && !isCi(world.env)
}

/** Asks for a secret, unseen. @throws Failure `not_interactive`, with the way that works without a terminal */
export async function requireSecret(
  context: Context,
  question: string,
  hint: string,
): Promise<string> {
  if (!isInteractive(context)) {
    throw new Failure('not_interactive', 'Nobody can be asked here: this is not a terminal.', {
      hint,
    })
  }
  const typed = await askHidden(question, askingOf(context))
  return typed ?? ''
}

/** Asks for a line; undefined when the person ended the input. The caller knows that this is interactive. */
export function askPerson(context: Context, question: string): Promise<string | undefined> {
  return askLine(question, askingOf(context))
}

/** Reads a line without asking, until the signal says that nobody waits for it; undefined where nobody types. */
export async function readTyped(
  context: Context,
  signal: AbortSignal,
): Promise<string | undefined> {
  return isInteractive(context) ? askLine('', { ...askingOf(context), signal }) : undefined
}

/** Asks yes or no; yes without asking under `--yes`. @throws Failure `not_interactive` */
export async function confirm(context: Context, question: string): Promise<boolean> {
  if (context.isYes) return true
  if (!isInteractive(context)) {
    throw new Failure('not_interactive', 'This asks for a confirmation, and nobody can be asked.', {
      hint: 'Say --yes.',
    })
  }
  const answer = await askLine(`${question} [y/N] `, askingOf(context))
  return /^y(es)?$/i.test(answer?.trim() ?? '')
}

function askingOf({ world }: Context): Parameters<typeof askLine>[1] {
  return { input: world.stdin, printer: world.stderr, signal: world.interrupted }
}
