/** `help`: how a command is written, or what a topic is about that no single command is. */
import type { Command } from 'commander'
import { Failure } from '../output/failure.ts'
import type { Context } from '../session/context.ts'
import { buildTree } from '../tree/build.ts'
import type { Given } from '../tree/catalogue.ts'
import { explainEnvironment } from './help/environment.ts'
import { explainExitCodes } from './help/exit-codes.ts'
import { explainFiles } from './help/files.ts'
import { TOPICS } from './help/topics.ts'

const EXPLAINED: Readonly<Record<(typeof TOPICS)[number], (context: Context) => void>> = {
  environment: explainEnvironment,
  'exit-codes': explainExitCodes,
  files: explainFiles,
}

export async function help(context: Context, { argument, rest }: Given): Promise<void> {
  const words = argument === undefined ? [] : [argument, ...rest]
  const name = words.join(' ')
  const topic = TOPICS.find((each) => each === name)
  if (topic === undefined) showCommand(context, words)
  else EXPLAINED[topic](context)
  await Promise.resolve()
}

function showCommand({ line, out }: Context, words: readonly string[]): void {
  let at: Command = buildTree(line, () => undefined)
  for (const word of words) {
    const below = at.commands.find((command) => command.name() === word)
    if (below === undefined) {
      throw new Failure('usage', `There is no command or topic \`${words.join(' ')}\`.`, {
        hint: `Topics are ${TOPICS.join(', ')}; see \`${line.name} --help\` for commands.`,
      })
    }
    at = below
  }
  const text = at.helpInformation()
  out.answer({ command: [line.name, ...words].join(' '), text }, text.trimEnd().split('\n'))
}
