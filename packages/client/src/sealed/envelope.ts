// A sealed credential as text, in the place of the plain one: `sealed.v1.keyring.<base64url>`. The text says where its
// key is, so a reader needs no setting for it; the rest is nonce, ciphertext and tag of AES-256-GCM.

import type { SealedIn, SealPlace } from './store.ts'

const PLACES: readonly SealPlace[] = ['keyring', 'encrypted-file']
const BEGINNING = /^sealed\.v\d+\./

export interface Envelope {
  readonly place: SealPlace
  readonly bytes: Uint8Array
}

/** Whether a text says that it is sealed, in this version's way or another's. */
export function isSealed(text: string): boolean {
  return BEGINNING.test(text)
}

/** Where the key of a sealed text is; undefined for a text that is not sealed. */
export function sealedIn(text: string): SealedIn | undefined {
  if (!isSealed(text)) return undefined
  const [, version, place] = text.split('.')
  return (version === 'v1' && PLACES.find((known) => known === place)) || 'unknown'
}

export function writeEnvelope({ place, bytes }: Envelope): string {
  return `sealed.v1.${place}.${toBase64Url(bytes)}`
}

/** Undefined when the text is not whole. */
export function readEnvelope(text: string): Envelope | undefined {
  const place = sealedIn(text)
  const bytes = fromBase64(text.split('.')[3] ?? '')
  // One text for each sealing: what is spelled otherwise was changed.
  if (place === undefined || place === 'unknown' || bytes === undefined) return undefined
  return writeEnvelope({ place, bytes }) === text ? { place, bytes } : undefined
}

export function toBase64Url(bytes: Uint8Array): string {
  const text = btoa(String.fromCharCode(...bytes))
  return text.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')
}

/** Bytes of base64 or base64url, padded or not; undefined for other text. */
export function fromBase64(text: string): Uint8Array | undefined {
  try {
    const plain = atob(text.replaceAll('-', '+').replaceAll('_', '/'))
    return Uint8Array.from(plain, (character) => character.charCodeAt(0))
  } catch {
    return undefined
  }
}
