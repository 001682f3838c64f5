// What a sealed credential belongs to, told by the brand and by the place where it lies.

import type { Brand } from '../brand/brand.ts'
import { hostOf } from '../file/hosts.ts'
import type { Belonging } from './seal.ts'
import type { SealPlace } from './store.ts'

/** Where a credential lies in the files of a brand. */
export interface Lying {
  /** The profile or host; undefined in a layout without them. */
  readonly section: string | undefined
  /** The server that its profile names, as it stands there; undefined where it names none. */
  readonly server?: string | undefined
}

export function belongingOf(brand: Brand, place: SealPlace, lying: Lying): Belonging {
  const { id, credential } = brand
  const { section } = lying
  return { place, brand: id, setting: credential.name, section, server: serverOf(brand, lying) }
}

/**
 * Whoever can write the file could name a server of theirs beside the credential of a profile. What an argument or a
 * variable says is the person's own choice, and does not count here.
 */
function serverOf({ files, server }: Brand, { server: named }: Lying): string | null {
  if (files?.layout !== 'profiles-json' || named === undefined) return null
  const origin = hostOf(named) ?? named
  return origin === hostOf(String(server.default)) ? null : origin
}
