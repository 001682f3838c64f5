// The root key is never stored. What is stored is a value that only the same root key makes, so that a start with
// another one is refused before a single digest is compared under the wrong pepper.

import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto'
import { StoreRefused } from '../refused.ts'

/** Name of the row in `meta`. */
export const ROOT_KEY_CHECK = 'root_key_check'

const ROOT_KEY_BYTES = 32

/** @throws TypeError when the root key does not have 32 bytes */
export function rootKeyCheck(rootKey: Uint8Array): string {
  if (rootKey.length !== ROOT_KEY_BYTES) throw new TypeError('The root key has 32 bytes.')
  const derived = hkdfSync('sha256', rootKey, '', 'keywright/root-key-check/v1', 32)
  return createHmac('sha256', new Uint8Array(derived)).update('keywright').digest('base64url')
}

/** @throws StoreRefused `wrong_root_key` */
export function compareRootKeyCheck(stored: string, ours: string): void {
  const expected = Buffer.from(ours)
  const found = Buffer.from(stored)
  if (expected.length === found.length && timingSafeEqual(expected, found)) return
  throw new StoreRefused(
    'wrong_root_key',
    'This database was made with another root key; no secret in it would be recognised.',
    'Start with the root key that belongs to this database.',
  )
}
