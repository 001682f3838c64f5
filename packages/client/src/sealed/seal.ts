// Seals and opens one value with AES-256-GCM. What a value belongs to is sealed with it, so it opens nowhere else: not
// in another profile, not for another host, not in another product.

import type { Envelope } from './envelope.ts'
import type { Machine } from './machine.ts'
import type { SealPlace } from './store.ts'

export const KEY_BYTES = 32
const NONCE_BYTES = 12
const TAG_BYTES = 16
const CIPHER = 'aes-256-gcm'

/** What a sealed value belongs to. */
export interface Belonging {
  readonly place: SealPlace
  /** The brand's id. */
  readonly brand: string
  readonly setting: string
  /** The profile or host; undefined in a layout without them. */
  readonly section: string | undefined
  /** The origin that the profile names; null where it is the brand's own, or the section itself. */
  readonly server: string | null
}

export type Cipher = Machine['crypto']

export function seal(
  { createCipheriv, randomBytes }: Cipher,
  key: Uint8Array,
  { secret, belonging }: { readonly secret: string; readonly belonging: Belonging },
): Envelope {
  const nonce = randomBytes(NONCE_BYTES)
  const cipher = createCipheriv(CIPHER, key, nonce, { authTagLength: TAG_BYTES })
  cipher.setAAD(bytesOf(belonging))
  const sealed = [cipher.update(new TextEncoder().encode(secret)), cipher.final()]
  const parts = [nonce, ...sealed, cipher.getAuthTag()].flatMap((part) => [...part])
  return { place: belonging.place, bytes: Uint8Array.from(parts) }
}

/** The secret; undefined when it was changed, belongs elsewhere, or was sealed with another key. */
export function open(
  { createDecipheriv }: Cipher,
  key: Uint8Array,
  { envelope, belonging }: { readonly envelope: Envelope; readonly belonging: Belonging },
): string | undefined {
  const { bytes } = envelope
  if (bytes.length < NONCE_BYTES + TAG_BYTES) return undefined
  const options = { authTagLength: TAG_BYTES }
  const opener = createDecipheriv(CIPHER, key, bytes.subarray(0, NONCE_BYTES), options)
  opener.setAAD(bytesOf(belonging))
  opener.setAuthTag(bytes.subarray(-TAG_BYTES))
  try {
    const parts = [opener.update(bytes.subarray(NONCE_BYTES, -TAG_BYTES)), opener.final()]
    return parts.map((part) => new TextDecoder().decode(part)).join('')
  } catch {
    return undefined
  }
}

// As JSON, so that no two belongings are the same text.
function bytesOf({ place, brand, setting, section, server }: Belonging): Uint8Array {
  return new TextEncoder().encode(JSON.stringify([place, brand, setting, section ?? null, server]))
}
