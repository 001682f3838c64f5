// Seals what a login stores. Only command lines do; a program that reads has none of this.

import type { Lying } from './belonging.ts'
import { belongingOf } from './belonging.ts'
import { writeEnvelope } from './envelope.ts'
import { ensureKey, probeKeychain, readKey } from './key.ts'
import { findMachine } from '../surroundings/find-machine.ts'
import type { Machine } from './machine.ts'
import { seal } from './seal.ts'
import type { Opening, SealPlace } from './store.ts'
import type { StoreTrouble } from './trouble.ts'
import { NO_MACHINE } from './trouble.ts'

/** The text to store in place of the credential. */
export type Sealer = (credential: string, lying: Lying) => string

export type SealerFound =
  | { readonly ok: true; readonly seal: Sealer }
  | { readonly ok: false; readonly trouble: StoreTrouble }

/**
 * Finds the key of a place, and makes the one in the keychain when there is none; the caller holds a lock. Asked before
 * a login begins, so that nobody goes to a browser for what could not be stored.
 */
export function openSealer(
  place: SealPlace,
  opening: Opening,
  machine: Machine | undefined = findMachine(),
): SealerFound {
  if (machine === undefined) return { ok: false, trouble: NO_MACHINE }
  const trouble = place === 'keyring' ? probeKeychain(machine, opening) : undefined
  if (trouble !== undefined) return { ok: false, trouble }
  const found = place === 'keyring' ? ensureKey(machine, opening) : readKey(place, machine, opening)
  if (!found.ok) return found
  return {
    ok: true,
    seal(secret, lying) {
      const belonging = belongingOf(opening.brand, place, lying)
      return writeEnvelope(seal(machine.crypto, found.key, { secret, belonging }))
    },
  }
}

/** Why no credential can be sealed by the keychain here; undefined where one can. It leaves nothing in the keychain. */
export function whyNoKeychain(
  opening: Opening,
  machine: Machine | undefined = findMachine(),
): StoreTrouble | undefined {
  return machine === undefined ? NO_MACHINE : probeKeychain(machine, opening)
}
