import { createHmac } from 'node:crypto'

const DIGEST_BYTES = 32

/**
 * What is stored for a secret: HMAC-SHA-256 under the pepper of the digest's 32 raw bytes,
 * base64url. Without the pepper, which lives outside the database, a dump matches no secret.
 *
 * @param digest what digestSecret returned.
 * @throws TypeError when the digest is not 32 bytes of canonical base64url or the pepper is empty.
 */
export function pepperDigest(digest: string, pepper: Uint8Array): string {
  const bytes = Buffer.from(digest, 'base64url')
  if (bytes.length !== DIGEST_BYTES || bytes.toString('base64url') !== digest) {
    throw new TypeError('a digest is 32 bytes in base64url')
  }
  if (pepper.length === 0) throw new TypeError('the pepper is empty')
  return createHmac('sha256', pepper).update(bytes).digest('base64url')
}
