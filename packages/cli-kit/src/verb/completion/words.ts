/** What a completion offers: words, and the places where the name of a stored login stands. */
import type { CommandLine } from '../../tree/command-line.ts'
import { commandsOf } from '../../tree/commands-of.ts'
import { globalFlagsOf } from '../../tree/global-flags.ts'
import { leavesOf } from '../../tree/leaves.ts'
import { argumentsOf } from './arguments.ts'

/** What can follow a command. Flags are offered to who begins one, and are in nobody's way otherwise. */
interface Following {
  readonly words: readonly string[]
  readonly flags: readonly string[]
}

export interface Words {
  /** The program. */
  readonly name: string
  /** Words so far, as `auth login`, to what can follow. */
  readonly following: ReadonlyMap<string, Following>
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
    following: followingOf(line, leaves, globals.map(flagOf)),
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
  line: CommandLine,
  leaves: ReturnType<typeof leavesOf>,
  globals: readonly string[],
): Words['following'] {
  const flags = new Map(
    leaves.map((leaf) => [
      leaf.name,
      [...leaf.flags.map(([syntax]) => flagOf(syntax)), ...globals],
    ]),
  )
  const commands = commandWordsOf(leaves.map(({ name }) => name))
  const words = new Map(commands)
  for (const [name, known] of argumentsOf(line)) {
    words.set(name, known)
    // Every command can be explained, so behind `help` stands the whole tree once more.
    if (name === 'help') {
      for (const [before, after] of commands) words.set(`help ${before}`.trimEnd(), after)
      words.set(name, [...(commands.get('') ?? []), ...known])
    }
  }
  const places = new Set(['', ...words.keys(), ...flags.keys()])
  return new Map(
    [...places].map((at) => {
      return [at, { words: words.get(at) ?? [], flags: flags.get(at) ?? globals }]
    }),
  )
}

/** Words so far to the words that make a command of them, or a longer beginning of one. */
function commandWordsOf(names: readonly string[]): ReadonlyMap<string, readonly string[]> {
  const words = new Map<string, string[]>()
  for (const parts of names.map((name) => name.split(' '))) {
    parts.forEach((part, at) => {
      const before = parts.slice(0, at).join(' ')
      const after = words.get(before) ?? []
      if (!after.includes(part)) words.set(before, [...after, part])
    })
  }
  return words
}

function flagOf(syntax: string): string {
  return syntax.split(' ')[0] ?? syntax
}
