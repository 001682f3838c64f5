import type { Principal } from 'keywright'
import type { Data, Store } from './data/open.ts'

/** The part of the data that a key reaches: its organization's, in its own mode. */
export function reachOf(
  data: Data,
  { resource, mode }: Principal<string, 'live' | 'test'>,
): { store: Store; organization: string; mode: 'live' | 'test' } {
  const [, organization = ''] = resource.split('/')
  // Every key of this definition has a mode.
  const ownMode = mode ?? 'test'
  return { store: data[ownMode], organization, mode: ownMode }
}

/** RFC 3339 in UTC, to the second. */
export function instantOf(epochMs: number): string {
  return `${new Date(epochMs).toISOString().slice(0, 19)}Z`
}

/** The id of the calling key. Without issuers in the definition, whoever calls has one. */
export function keyIdOf({ keyId }: Principal): string {
  if (keyId === null) throw new TypeError('The caller has no key.')
  return keyId
}
