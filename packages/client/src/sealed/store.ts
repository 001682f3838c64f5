// What a brand says of where its credentials lie. The code that opens a sealed one comes with `sealedStore`, so a
// program whose brand does not name it has none of it.

import type { Brand } from '../brand/brand.ts'
import type { CheckedPart } from '../brand/findings.ts'
import type { ResolvedSetting } from '../resolve/resolution.ts'
import type { Surroundings } from '../surroundings/surroundings.ts'

export const STORE_MODES = ['auto', 'keyring', 'encrypted-file', 'file', 'none'] as const

/**
 * Where a login puts its credential: sealed with a key that the keychain holds, sealed with a key that a variable holds,
 * in plain text in an owner-only file, nowhere; `auto` is the keychain where there is one, and the file where not.
 */
export type StoreMode = (typeof STORE_MODES)[number]

/** Where the key of a sealed credential is. */
export type SealPlace = Extract<StoreMode, 'keyring' | 'encrypted-file'>

/** `unknown`: sealed by another version, in a way that this one does not know. */
export type SealedIn = SealPlace | 'unknown'

/** What opens with: of which brand, in which place. */
export interface Opening {
  readonly brand: Brand
  readonly surroundings: Surroundings
}

export interface CredentialStore extends CheckedPart {
  /** What a login does when nobody says otherwise. */
  readonly mode: StoreMode
  /** What all that one step asks of a keychain may take together, in milliseconds. */
  readonly limitMs: number
  /** Opens the credential that counts, and no other. With `isKept` it stays sealed, and no key is asked for. */
  readonly unseal: (
    settings: readonly ResolvedSetting[],
    opening: Opening & { readonly isKept: boolean },
  ) => readonly ResolvedSetting[]
}
