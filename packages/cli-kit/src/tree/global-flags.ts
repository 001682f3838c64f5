/** Flags that every command takes, before or after its name. */
import type { CommandLine } from './command-line.ts'

/**
 * A flag as commander writes it, and its line in the help. The values of a repeatable one are put together with commas; of
 * any other flag the last one counts.
 */
export type FlagText = readonly [syntax: string, about: string, times?: 'repeatable']

const GLOBAL_FLAGS: readonly FlagText[] = [
  ['--json', 'print one JSON document; failures are JSON on standard error'],
  ['--quiet', 'say nothing but data, warnings and failures'],
  ['--no-input', 'never ask anything'],
  ['--yes', 'answer every confirmation with yes'],
  ['--debug', 'say how it was decided, without secrets'],
  ['--no-color', 'no colours'],
]

export function globalFlagsOf({ brand, everywhere = [] }: CommandLine): readonly FlagText[] {
  const credential = `--${brand.credential.name.replaceAll('_', '-')} <value>`
  const own: readonly FlagText[] = [
    ...(everywhere.includes('credential')
      ? ([[credential, 'the credential, ahead of every other place']] as const)
      : []),
    ...(everywhere.includes('profile')
      ? ([['--profile <name>', 'the profile to use']] as const)
      : []),
  ]
  return [...own, ...GLOBAL_FLAGS]
}
