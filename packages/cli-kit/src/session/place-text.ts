/** Where a stored credential lies, in words and for scripts. Only products that seal say so: in others it is always the file. */
import {
  keyVariableOf,
  type Resolution,
  sealedIn,
  type SealedIn,
  type StoreMode,
} from '@keywright/client'
import type { Context } from './context.ts'
import { settingOf } from './resolved.ts'

export type Place = Exclude<StoreMode, 'auto'> | SealedIn

/** The place of a credential, told by its stored text. */
export function placeOfStored(stored: string): Place {
  return sealedIn(stored) ?? 'file'
}

/** The place of the credential that counts; undefined when it is not a stored one, or where products do not seal. */
export function storedPlaceOf(
  { brand }: Pick<Context, 'brand'>,
  resolution: Resolution,
): Place | undefined {
  const winner = settingOf(resolution, brand.credential.name)?.winner
  if (brand.store === undefined || winner?.source.layer !== 'files') return undefined
  return winner.sealed ?? 'file'
}

export function placeText({ brand }: Pick<Context, 'brand'>, place: Place): string {
  switch (place) {
    case 'keyring':
      return 'sealed, its key is in the keychain'
    case 'encrypted-file':
      return `sealed, its key is in ${keyVariableOf(brand)}`
    case 'file':
      return 'plain text, which its owner alone can read'
    case 'none':
      return 'stored nowhere'
    case 'unknown':
      return 'sealed by another version'
  }
}
