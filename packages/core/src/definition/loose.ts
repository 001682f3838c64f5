import type { Quota, Rate } from '../limit/limit.ts'
import type { DefinitionInput, KindInput, ResourceTree } from './input.ts'

/** A definition whose names are just text: what checking and compiling work on. */
export type LooseDefinition = Omit<
  DefinitionInput<`${string}:${string}`, ResourceTree, string, string, string>,
  'keys' | 'limits' | 'roles' | 'scopes'
> & {
  readonly scopes: readonly string[]
  readonly keys: Readonly<
    Record<
      string,
      Omit<KindInput<string, string, string>, 'scopes'> & { scopes: readonly string[] }
    >
  >
  readonly roles?: Readonly<Record<string, readonly string[]>>
  readonly limits?: {
    readonly rate?: Rate | readonly Rate[]
    readonly quota?: Quota | readonly Quota[]
  }
}

/** One or several, as a list. */
export function listOf<Item>(value: Item | readonly Item[] | undefined): readonly Item[] {
  if (value === undefined) return []
  return Array.isArray(value) ? (value as readonly Item[]) : [value as Item]
}
