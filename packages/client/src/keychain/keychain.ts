// The keychain of the system, as far as sealing needs it: one small text by its name, read, written, taken away.

import type { Opening } from '../sealed/store.ts'
import type { Machine } from '../sealed/machine.ts'
import type { StoreTrouble } from '../sealed/trouble.ts'
import type { LimitedTool } from './limited-tool.ts'
import { limitTool } from './limited-tool.ts'
import { openSecretService } from './secret-service.ts'
import { openMacKeychain } from './mac-keychain.ts'

/** What an item is called: the product, and what it is for. */
export interface KeychainItem {
  readonly service: string
  readonly account: string
  /** What people see in the list of their keychain. */
  readonly label: string
}

/** Why a keychain did not do it. `why` is a clause, without a secret. */
export interface KeychainFault extends StoreTrouble {
  readonly code: 'store_locked' | 'store_unavailable' | 'store_timed_out'
}

type KeychainRead =
  | { readonly found: 'text'; readonly text: string }
  | { readonly found: 'nothing' }
  | { readonly found: 'fault'; readonly fault: KeychainFault }

export interface Keychain {
  /** Starts no dialog where that can be had: what is locked is told as locked. */
  read(item: KeychainItem): KeychainRead
  /** Replaces what is there. Undefined when it worked. */
  write(item: KeychainItem, text: string): KeychainFault | undefined
  remove(item: KeychainItem): void
}

const OPENERS: Readonly<Record<string, (tool: LimitedTool) => Keychain>> = {
  linux: openSecretService,
  freebsd: openSecretService,
  darwin: openMacKeychain,
}

/** The keychain of this system, for so long as the limit allows; undefined where we know of none. */
export function openKeychain(
  machine: Machine,
  { brand, surroundings }: Opening,
): Keychain | undefined {
  const opener = OPENERS[surroundings.platform]
  const env = envOf(surroundings.env, brand.env)
  return opener?.(limitTool(machine, { env, limitMs: brand.store?.limitMs ?? 0 }))
}

/** Without the product's own variables, which may be secrets; in English, because messages are looked at. */
function envOf(
  env: Readonly<Record<string, string | undefined>>,
  prefix: string,
): Readonly<Record<string, string | undefined>> {
  const others = namesOf(env).filter((name) => !name.startsWith(`${prefix}_`))
  return { ...Object.fromEntries(others.map((name) => [name, env[name]])), LC_ALL: 'C' }
}

/** Deno throws when the program may not read all of them: then those that a session of a desktop is found by. */
function namesOf(env: Readonly<Record<string, string | undefined>>): readonly string[] {
  try {
    return Object.keys(env)
  } catch {
    return ['PATH', 'HOME', 'XDG_RUNTIME_DIR', 'DBUS_SESSION_BUS_ADDRESS']
  }
}
