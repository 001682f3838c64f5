import type { CommandLine } from '../tree/command-line.ts'
import type { Context } from './context.ts'

/** What a product says about provider keys; the commands about them only exist where it does. */
export function providerKeysOf({ line }: Context): NonNullable<CommandLine['providerKeys']> {
  const { providerKeys } = line
  if (providerKeys === undefined) throw new Error(`${line.name} says nothing of provider keys`)
  return providerKeys
}
