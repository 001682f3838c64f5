import type { Lying } from './belonging.ts'
import { belongingOf } from './belonging.ts'
import { readEnvelope, sealedIn } from './envelope.ts'
import { readKey } from './key.ts'
import { findMachine } from '../surroundings/find-machine.ts'
import type { Machine } from './machine.ts'
import { open } from './seal.ts'
import type { Opening } from './store.ts'
import type { StoreTrouble } from './trouble.ts'
import { loginOf, NO_MACHINE } from './trouble.ts'

export type Opened =
  | { readonly ok: true; readonly secret: string }
  | { readonly ok: false; readonly trouble: StoreTrouble }

/** A sealed text, and where it lies. */
export interface Sealed extends Opening, Lying {}

/**
 * Keys that the keychain gave, so that it is asked once by a program and not for each of its clients. By the
 * environment: another one may have another keychain.
 */
const known = new WeakMap<object, Map<string, Uint8Array>>()

/** Opens a sealed credential. Never throws. */
export function openSealed(
  text: string,
  sealed: Sealed,
  machine: Machine | undefined = findMachine(),
): Opened {
  const { brand } = sealed
  if (machine === undefined) return { ok: false, trouble: NO_MACHINE }
  if (sealedIn(text) === 'unknown')
    return broken('this version does not know that way of sealing', sealed)
  const envelope = readEnvelope(text)
  if (envelope === undefined) return broken(CHANGED, sealed)
  const { place } = envelope
  const belonging = belongingOf(brand, place, sealed)
  const openWith = (key: Uint8Array): string | undefined =>
    open(machine.crypto, key, { envelope, belonging })
  const keys = keysOf(sealed.surroundings.env)
  const kept = place === 'keyring' ? keys.get(brand.id) : undefined
  const quick = kept && openWith(kept)
  if (quick !== undefined) return { ok: true, secret: quick }
  const read = readKey(place, machine, sealed)
  if (!read.ok) return read
  const secret = openWith(read.key)
  if (secret === undefined) return broken(CHANGED, sealed)
  if (place === 'keyring') keys.set(brand.id, read.key)
  return { ok: true, secret }
}

const CHANGED =
  'its key does not open it: it or its server was changed, it was moved here, or sealed with another key'

function broken(why: string, { brand }: Opening): Opened {
  const fix = `${loginOf(brand.login)} again`
  return { ok: false, trouble: { code: 'sealed_broken', why, fix } }
}

function keysOf(env: object): Map<string, Uint8Array> {
  const found = known.get(env) ?? new Map<string, Uint8Array>()
  known.set(env, found)
  return found
}
