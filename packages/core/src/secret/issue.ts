import { digestSecret, generateSecret, pepperDigest, startOf } from '@keywright/token'
import type { RandomBytes } from '@keywright/token'

/** A fresh secret: the plaintext to show once, and what is stored of it. */
export interface IssuedSecret {
  readonly plaintext: string
  /** HMAC-SHA-256 under the pepper of the SHA-256 of the plaintext. */
  readonly digest: string
  readonly start: string
}

/** @param head `<prefix>` or `<prefix>_<mode>` */
export function issueSecret(head: string, random: RandomBytes, pepper: Uint8Array): IssuedSecret {
  const plaintext = generateSecret(head, random)
  const digest = pepperDigest(digestSecret(plaintext), pepper)
  return { plaintext, digest, start: startOf(plaintext) }
}
