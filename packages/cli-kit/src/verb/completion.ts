/** `completion`: a script for the person's shell. The words are written into it, so completing starts no process. */
import { Failure } from '../output/failure.ts'
import type { Context } from '../session/context.ts'
import type { Given } from '../tree/catalogue.ts'
import { globalFlagsOf } from '../tree/global-flags.ts'
import { leavesOf } from '../tree/leaves.ts'

/** Words so far, as `auth login`, to the words that can follow. */
type Words = ReadonlyMap<string, readonly string[]>

export async function completion(context: Context, { argument = '' }: Given): Promise<void> {
  const { name } = context.line
  const script = SCRIPTS[argument]?.(name, wordsOf(context))
  if (script === undefined) {
    throw new Failure('usage', `There is no completion for ${argument}.`, {
      hint: `There is one for ${Object.keys(SCRIPTS).join(', ')}.`,
    })
  }
  context.out.answer({ shell: argument, script }, script.trimEnd().split('\n'))
  await Promise.resolve()
}

const SCRIPTS: Readonly<Record<string, (name: string, words: Words) => string>> = {
  bash: (name, words) => `${bashBody(name, words)}
complete -o default -F _${plain(name)} ${name}`,
  zsh: (name, words) => `autoload -U +X bashcompinit && bashcompinit
${bashBody(name, words)}
complete -o default -F _${plain(name)} ${name}`,
  fish: fishScript,
}

/** Takes the words that are no flags, and offers what follows the longest beginning that is a command. */
function bashBody(name: string, words: Words): string {
  const cases = [...words].map(
    ([before, after]) => `    '${before}') words='${after.join(' ')}' ;;`,
  )
  return `_${plain(name)}() {
  local path='' word words=''
  for word in "\${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    case "$word" in -*) ;; *) path="\${path:+$path }$word" ;; esac
  done
  case "$path" in
${cases.join('\n')}
  esac
  COMPREPLY=($(compgen -W "$words" -- "\${COMP_WORDS[COMP_CWORD]}"))
}`
}

function fishScript(name: string, words: Words): string {
  const lines = [...words].flatMap(([before, after]) => {
    const seen =
      before === '' ? '__fish_use_subcommand' : `__fish_seen_subcommand_from ${lastOf(before)}`
    const offered = after.filter((word) => !word.startsWith('-'))
    const flags = after.filter((word) => word.startsWith('--')).map((word) => word.slice(2))
    return [
      ...(offered.length === 0
        ? []
        : [`complete -c ${name} -f -n '${seen}' -a '${offered.join(' ')}'`]),
      ...flags.map((flag) => `complete -c ${name} -n '${seen}' -l ${flag}`),
    ]
  })
  return lines.join('\n')
}

function wordsOf({ line }: Context): Words {
  const words = new Map<string, Set<string>>()
  const offer = (before: string, word: string): void => {
    words.set(before, (words.get(before) ?? new Set()).add(word))
  }
  const globals = globalFlagsOf(line).map(([syntax]) => flagOf(syntax))
  for (const { name, flags } of leavesOf(line)) {
    const parts = name.split(' ')
    parts.forEach((part, at) => offer(parts.slice(0, at).join(' '), part))
    for (const [syntax] of flags) offer(name, flagOf(syntax))
    for (const flag of globals) offer(name, flag)
  }
  return new Map([...words].map(([before, after]) => [before, [...after]]))
}

function flagOf(syntax: string): string {
  return syntax.split(' ')[0] ?? syntax
}

function lastOf(before: string): string {
  return before.split(' ').at(-1) ?? before
}

function plain(name: string): string {
  return name.replaceAll('-', '_')
}
