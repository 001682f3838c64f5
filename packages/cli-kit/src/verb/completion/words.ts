/** What a completion offers: words, and the places where the name of a stored login stands. */
import type { CommandLine } from '../../tree/command-line.ts'
import { commandsOf } from '../../tree/commands-of.ts'
import { globalFlagsOf } from '../../tree/global-flags.ts'
import { leavesOf } from '../../tree/leaves.ts'

export interface Words {
  /** The program. */
  readonly name: string
  /** Words so far, as `auth login`, to the words that can follow. */
  readonly following: ReadonlyMap<string, readonly string[]>
  /** Flags that a value comes after. */
  readonly valued: readonly string[]
  /** Whether stored logins have names. */
  readonly hasLogins: boolean
  /** Commands after which the name of one comes, as `auth switch`. */
  readonly beforeLogin: readonly string[]
  /** Flags after which the name of one comes. */
  readonly loginFlags: readonly string[]
}

/** Takes a stored login by its name as its first argument. */
const TAKES_LOGIN: readonly string[] = ['switch', 'bind']

export function wordsOf(line: CommandLine): Words {
  const hasLogins = hasNamesFor(line)
  const globals = globalFlagsOf(line).map(([syntax]) => syntax)
  const leaves = leavesOf(line)
  const all = [...globals, ...leaves.flatMap(({ flags }) => flags.map(([syntax]) => syntax))]
  return {
    name: line.name,
    following: followingOf(leaves, globals.map(flagOf)),
    valued: [...new Set(all.filter((syntax) => syntax.includes('<')).map(flagOf))],
    hasLogins,
    beforeLogin: commandsOf(line).filter((name) =>
      TAKES_LOGIN.includes(name.replace(/^auth /, '')),
    ),
    loginFlags: line.brand.files?.layout === 'profiles-json' ? ['--profile'] : [],
  }
}

/** Whether stored logins of a product have names. */
export function hasNamesFor({ brand: { files } }: CommandLine): boolean {
  return files?.layout === 'profiles-json' || files?.layout === 'hosts-json'
}

function followingOf(
  leaves: ReturnType<typeof leavesOf>,
  globals: readonly string[],
): Words['following'] {
  const words = new Map<string, Set<string>>()
  const offer = (before: string, word: string): void => {
    words.set(before, (words.get(before) ?? new Set()).add(word))
  }
  for (const { name, flags } of leaves) {
    const parts = name.split(' ')
    parts.forEach((part, at) => offer(parts.slice(0, at).join(' '), part))
    for (const [syntax] of flags) offer(name, flagOf(syntax))
    for (const flag of globals) offer(name, flag)
  }
  for (const flag of globals) offer('', flag)
  return new Map([...words].map(([before, after]) => [before, [...after]]))
}

function flagOf(syntax: string): string {
  return syntax.split(' ')[0] ?? syntax
}
