// A key is a row with an id that lives through rotations. What the owner sees of it; secrets and digests are not here.

import type { ReachSnapshot } from '../decide/reach.ts'
import { isSpace } from '../person/person.ts'

/** Free text fields a minter may attach; never read by Keywright. */
export type Metadata = Readonly<Record<string, string>>

export interface Key {
  readonly id: string
  readonly kind: string
  /** Who holds it: a resource, or a person as `users/usr_…`. */
  readonly holder: string
  /** Where it is bound: it covers this resource and everything below; a person's own space means wherever they reach. */
  readonly resource: string
  readonly mode: string | null
  /** Grants as they were asked for, wildcards included. */
  readonly scopes: readonly string[]
  readonly name: string | null
  readonly metadata: Metadata | null
  /** Beginning of the current secret, for display only; it never authorises. */
  readonly start: string
  /** The key that minted it. */
  readonly parentId: string | null
  readonly createdAt: number
  readonly createdBy: string
  readonly expiresAt: number | null
  readonly revokedAt: number | null
  readonly revokedBy: string | null
  readonly rotatedAt: number | null
  /** Written behind: up to 15 s late, never used to decide. */
  readonly lastUsedAt: number | null
}

/** The part of an event about a key that names its person, where a person holds it. */
export function personOf({ holder }: { readonly holder: string }): { person?: string } {
  return isSpace(holder) ? { person: holder } : {}
}

/** What the verdict needs of a key and its line, read in one snapshot of the database. */
export interface KeySnapshot {
  readonly id: string
  readonly kind: string
  readonly holder: string
  readonly resource: string
  readonly mode: string | null
  readonly scopes: readonly string[]
  readonly metadata: Metadata | null
  readonly expiresAt: number | null
  readonly revokedAt: number | null
  /** When the presented secret stops counting because of a rotation; null for the current one. */
  readonly secretEndsAt: number | null
  /** The keys above it, nearest first. */
  readonly line: readonly AncestorSnapshot[]
  /** The nearest of its resource, those above and the person below, that is disabled or has ended. */
  readonly blockedBy: { readonly resource: string; readonly state: 'disabled' | 'ended' } | null
  /** The person who holds it, or a key above it; left out where nobody does. */
  readonly reach?: ReachSnapshot
}

/** What a key stands on besides its own row. */
export type Ground = Pick<KeySnapshot, 'line' | 'blockedBy' | 'reach'>

export interface GroundedKey {
  readonly key: Key
  readonly ground: Ground
}

export interface AncestorSnapshot {
  readonly id: string
  readonly scopes: readonly string[]
  readonly expiresAt: number | null
  readonly revokedAt: number | null
}
