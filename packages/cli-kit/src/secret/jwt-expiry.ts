import { isJws } from '@keywright/client'

/** When a JWT ends by its own words (RFC 7519, section 4.1.4), as RFC 3339; undefined for what is none or does not say. */
export function jwtExpiry(secret: string): string | undefined {
  if (!isJws(secret)) return undefined
  try {
    const payload = Buffer.from(secret.split('.')[1] ?? '', 'base64url').toString('utf8')
    const { exp } = JSON.parse(payload) as { exp?: unknown }
    return typeof exp === 'number' ? new Date(exp * 1000).toISOString() : undefined
  } catch {
    // Whether it is a good one is for its server to say.
    return undefined
  }
}
