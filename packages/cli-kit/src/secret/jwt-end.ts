import { isJws } from '@keywright/client'

/** When a JWT says that it ends (`exp`, RFC 7519 section 4.1.4), as RFC 3339; undefined for anything else. Nothing is verified. */
export function jwtEndOf(credential: string): string | undefined {
  if (!isJws(credential)) return undefined
  try {
    const text = Buffer.from(credential.split('.')[1] ?? '', 'base64url').toString()
    const { exp } = (JSON.parse(text) ?? {}) as { readonly exp?: unknown }
    const end = typeof exp === 'number' ? new Date(exp * 1000) : undefined
    return end === undefined || Number.isNaN(end.getTime()) ? undefined : end.toISOString()
  } catch {
    return undefined
  }
}
