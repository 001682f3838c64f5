import { hash } from 'node:crypto'

/**
 * SHA-256 of the secret's UTF-8 text, base64url (43 characters). Verifiers send and cache this,
 * never the secret. A plain hash is enough because a secret carries 178 random bits; the whole
 * text is hashed, so no part of it can fall behind a length limit.
 */
export function digestSecret(secret: string): string {
  return hash('sha256', secret, 'base64url')
}

/**
 * The same digest as 32 characters of one byte each: the smallest and cheapest form to look it up
 * by in memory. It is no text; it is never stored or sent.
 */
export function digestKey(secret: string): string {
  return hash('sha256', secret, 'binary')
}
