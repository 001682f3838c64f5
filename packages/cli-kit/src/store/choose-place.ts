/**
 * Where a login will keep its credential, decided and tried before it begins: nobody goes to a browser for what cannot
 * be stored then. `auto` says why it came to the file; nothing falls back in silence.
 */
import {
  type Brand,
  keyVariableOf,
  openSealer,
  type Sealer,
  type SealPlace,
  STORE_MODES,
  type StoreMode,
  type StoreTrouble,
} from '@keywright/client'
import { withLock } from '../files/lock.ts'
import { followLinks } from '../files/write-atomic.ts'
import { Failure } from '../output/failure.ts'
import type { Context } from '../session/context.ts'
import { sentence } from '../session/sentence.ts'
import { surroundingsOf } from '../session/surroundings.ts'

export interface ChosenPlace {
  readonly place: Exclude<StoreMode, 'auto'>
  readonly seal: Sealer | undefined
  /** Why `auto` came to the file. */
  readonly fallback: StoreTrouble | undefined
}

const IN_FILE: ChosenPlace = { place: 'file', seal: undefined, fallback: undefined }

/** The mode that a flag names, or the brand. @throws Failure `usage` when there is no such mode */
export function modeOf({ store }: Pick<Brand, 'store'>, asked: string | undefined): StoreMode {
  if (asked === undefined) return store?.mode ?? 'file'
  const found = STORE_MODES.find((mode) => mode === asked)
  if (found !== undefined) return found
  throw new Failure('usage', `There is no store ${asked}.`, {
    hint: `There are ${STORE_MODES.join(', ')}.`,
  })
}

/** @throws Failure with the code of the trouble, when what was asked for cannot be had */
export async function choosePlace(context: Context, mode: StoreMode): Promise<ChosenPlace> {
  switch (mode) {
    case 'none':
      return { ...IN_FILE, place: 'none' }
    case 'file':
      return IN_FILE
    case 'auto':
      return chooseBest(context)
    case 'keyring':
    case 'encrypted-file': {
      const chosen = await placeOf(context, mode)
      if (!('trouble' in chosen)) return chosen
      const { code, why, fix } = chosen.trouble
      throw new Failure(code, `The credential could not be sealed: ${why}.`, {
        hint: sentence(fix),
      })
    }
  }
}

/** What is held while the key is looked for and made. */
export function keyLockPathOf(target: string): string {
  return `${target}.key.lock`
}

/** The sealing of a place that holds a credential already, for its next one. */
export async function placeOf(
  context: Context,
  place: SealPlace,
): Promise<ChosenPlace | { readonly trouble: StoreTrouble }> {
  const { brand, world, places } = context
  const opening = { brand, surroundings: surroundingsOf(world) }
  if (places === undefined) throw new Error('there is no place for a sealed credential')
  const path = keyLockPathOf(await followLinks(places.single ?? places.credentials))
  // Two logins that make the key at once would lose one, and what it sealed.
  const found = await withLock(path, world, () => Promise.resolve(openSealer(place, opening)))
  if (!found.ok) return { trouble: found.trouble }
  return { place, seal: found.seal, fallback: undefined }
}

async function chooseBest(context: Context): Promise<ChosenPlace> {
  const { brand, world } = context
  const isKeyGiven = Boolean(world.env[keyVariableOf(brand)]?.trim())
  let chosen = await placeOf(context, 'keyring')
  if ('trouble' in chosen && isKeyGiven) chosen = await placeOf(context, 'encrypted-file')
  return 'trouble' in chosen ? { ...IN_FILE, fallback: chosen.trouble } : chosen
}
