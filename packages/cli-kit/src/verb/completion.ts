/** `completion`: a script for the person's shell. The words are written into it, so completing starts no process. */
import { Failure } from '../output/failure.ts'
import type { Context } from '../session/context.ts'
import { writeNames } from '../session/login-names.ts'
import type { Given } from '../tree/catalogue.ts'
import { SHELLS } from './completion/arguments.ts'
import { bashScript, zshScript } from './completion/bash.ts'
import { fishScript } from './completion/fish.ts'
import { powershellScript } from './completion/powershell.ts'
import { type Words, wordsOf } from './completion/words.ts'

const SCRIPTS: Readonly<Record<(typeof SHELLS)[number], (words: Words) => string>> = {
  bash: bashScript,
  zsh: zshScript,
  fish: fishScript,
  powershell: powershellScript,
}

export async function completion(context: Context, { argument = '' }: Given): Promise<void> {
  const shell = SHELLS.find((name) => name === argument)
  if (shell === undefined) {
    throw new Failure('usage', `There is no completion for ${argument}.`, {
      hint: `There is one for ${SHELLS.join(', ')}.`,
    })
  }
  const words = wordsOf(context.line)
  const text = SCRIPTS[shell](words)
  context.out.answer({ shell, script: text }, text.trimEnd().split('\n'))
  if (words.hasLogins) await writeNames(context)
}
