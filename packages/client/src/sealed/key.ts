// The one key that seals all credentials of a brand: read from where it is, and made when it is first needed.

import type { KeychainFault, KeychainItem } from '../keychain/keychain.ts'
import { openKeychain } from '../keychain/keychain.ts'
import { fromBase64, toBase64Url } from './envelope.ts'
import type { Machine } from './machine.ts'
import { KEY_BYTES } from './seal.ts'
import type { Opening, SealPlace } from './store.ts'
import type { StoreTrouble } from './trouble.ts'
import { loginOf } from './trouble.ts'

export type KeyRead =
  | { readonly ok: true; readonly key: Uint8Array }
  | { readonly ok: false; readonly trouble: StoreTrouble }

/** The variable that has the key where there is no keychain. */
export function keyVariableOf({ env }: Opening['brand']): string {
  return `${env}_STORE_KEY`
}

export function readKey(place: SealPlace, machine: Machine, opening: Opening): KeyRead {
  return place === 'keyring' ? fromKeychain(machine, opening) : fromVariable(opening)
}

/**
 * The key in the keychain, made when there is none. The caller holds a lock: of two keys that are made at once, one would
 * be lost with what it sealed.
 */
export function ensureKey(machine: Machine, opening: Opening): KeyRead {
  const keychain = openKeychain(machine, opening)
  const item = itemOf(opening, KEY_ACCOUNT)
  if (keychain?.read(item).found === 'nothing') {
    const fault = keychain.write(item, toBase64Url(machine.crypto.randomBytes(KEY_BYTES)))
    if (fault !== undefined) return refused(withLogin(fault, opening))
  }
  // What it gives back counts, not what it was given.
  return fromKeychain(machine, opening)
}

/** Writes an item, reads it back and takes it away; says why a login could not be kept there. */
export function probeKeychain(machine: Machine, opening: Opening): StoreTrouble | undefined {
  const keychain = openKeychain(machine, opening)
  if (keychain === undefined) return withLogin(noKeychain(opening), opening)
  const item = itemOf(opening, PROBE_ACCOUNT)
  const text = toBase64Url(machine.crypto.randomBytes(KEY_BYTES))
  const fault = keychain.write(item, text)
  if (fault !== undefined) return withLogin(fault, opening)
  const read = keychain.read(item)
  keychain.remove(item)
  if (read.found === 'fault') return withLogin(read.fault, opening)
  if (read.found === 'text' && read.text === text) return undefined
  const why = 'the keychain does not give back what was written to it'
  return withLogin({ code: 'store_unavailable', why, fix: 'look at it' }, opening)
}

function fromKeychain(machine: Machine, opening: Opening): KeyRead {
  const keychain = openKeychain(machine, opening)
  if (keychain === undefined) return refused(withLogin(noKeychain(opening), opening))
  const item = itemOf(opening, KEY_ACCOUNT)
  const read = keychain.read(item)
  const again = `${loginOf(opening.brand.login)} again`
  switch (read.found) {
    case 'fault':
      return refused(withLogin(read.fault, opening))
    case 'nothing':
      return refused({
        code: 'store_key_missing',
        why: 'the keychain of this machine does not have its key, or does not show it while it is locked',
        fix: `unlock the keychain, or ${again}`,
      })
    case 'text': {
      const key = fromBase64(read.text)
      if (key?.length === KEY_BYTES) return { ok: true, key }
      const why = `what the keychain has as '${item.label}' is no key`
      // Somebody else may need it: it is not written over.
      return refused({ code: 'store_key_missing', why, fix: `take it away there, and ${again}` })
    }
  }
}

const KEY_ACCOUNT = 'sealing-key'
const PROBE_ACCOUNT = 'sealing-probe'

function fromVariable({ brand, surroundings }: Opening): KeyRead {
  const variable = keyVariableOf(brand)
  const text = surroundings.env[variable]?.trim() ?? ''
  const key = fromBase64(text)
  if (key?.length === KEY_BYTES) return { ok: true, key }
  const isUnset = text === ''
  return refused({
    code: 'store_key_missing',
    why: isUnset ? `${variable} is not set` : `what ${variable} says is no key`,
    fix: isUnset
      ? `set ${variable} to the key, as 'openssl rand -base64 32' makes one`
      : `give it 32 bytes in base64, as 'openssl rand -base64 32' makes them`,
  })
}

function itemOf({ brand }: Opening, account: string): KeychainItem {
  return { service: brand.id, account, label: `${brand.client}: key of stored credentials` }
}

function noKeychain({ brand, surroundings }: Opening): KeychainFault {
  const system = surroundings.platform === 'win32' ? 'Windows' : surroundings.platform
  return {
    code: 'store_unavailable',
    why: `the keychain of ${system} is not supported`,
    fix: `set ${keyVariableOf(brand)} and say --store encrypted-file`,
  }
}

/** Over SSH nobody can unlock what waits for a screen, so the way without a keychain is always named. */
function withLogin({ code, why, fix }: KeychainFault, { brand }: Opening): StoreTrouble {
  return { code, why, fix: `${fix}, or ${loginOf(brand.login, ' --store file')}` }
}

function refused(trouble: StoreTrouble): KeyRead {
  return { ok: false, trouble }
}
