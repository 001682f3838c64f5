import { placesOf } from '@keywright/client'
import type { Output } from '../output/output.ts'
import type { Globals } from '../tree/build.ts'
import type { CommandLine } from '../tree/command-line.ts'
import { openStore } from '../store/open-store.ts'
import type { World } from '../world/world.ts'
import type { Context } from './context.ts'
import { surroundingsOf } from './surroundings.ts'
import { TEXTS } from './texts.ts'

/** What a command is given, from what was written and the world it runs in. */
export function openContext(
  line: CommandLine,
  world: World,
  { globals, out }: { readonly globals: Globals; readonly out: Output },
): Context {
  const { brand } = line
  const places = placesOf(brand, surroundingsOf(world))
  const text = (value: string | boolean | undefined): string | undefined =>
    typeof value === 'string' ? value : undefined
  return {
    line,
    brand,
    world,
    out,
    texts: { ...TEXTS, ...line.texts },
    isInputOff: globals['input'] === false,
    isYes: globals['yes'] === true,
    everywhere: {
      credential: text(globals[brand.credential.option]),
      profile: text(globals['profile']),
    },
    places,
    store: async () => (places === undefined ? undefined : openStore(brand, places, world)),
  }
}
