/** `completion`: a script for the person's shell. The words are written into it, so completing starts no process. */
import { Failure } from '../output/failure.ts'
import type { Context } from '../session/context.ts'
import { writeNames } from '../session/login-names.ts'
import type { Given } from '../tree/catalogue.ts'
import { bashScript, zshScript } from './completion/bash.ts'
import { fishScript } from './completion/fish.ts'
import { powershellScript } from './completion/powershell.ts'
import { type Words, wordsOf } from './completion/words.ts'

const SCRIPTS: Readonly<Record<string, (words: Words) => string>> = {
  bash: bashScript,
  zsh: zshScript,
  fish: fishScript,
  powershell: powershellScript,
}

export async function completion(context: Context, { argument = '' }: Given): Promise<void> {
  const script = Object.hasOwn(SCRIPTS, argument) ? SCRIPTS[argument] : undefined
  if (script === undefined) {
    throw new Failure('usage', `There is no completion for ${argument}.`, {
      hint: `There is one for ${Object.keys(SCRIPTS).join(', ')}.`,
    })
  }
  const words = wordsOf(context.line)
  const text = script(words)
  context.out.answer({ shell: argument, script: text }, text.trimEnd().split('\n'))
  if (words.hasLogins) await writeNames(context)
}
