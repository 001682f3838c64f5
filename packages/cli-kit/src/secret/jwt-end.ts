import { isJws } from '@keywright/client'
import { timeText } from '../output/time-text.ts'

/** When a JWT says that it ends (`exp`, RFC 7519 section 4.1.4), as RFC 3339; undefined for anything else. Nothing is verified. */
export function jwtEndOf(credential: string): string | undefined {
  if (!isJws(credential)) return undefined
  try {
    const text = Buffer.from(credential.split('.')[1] ?? '', 'base64url').toString()
    const { exp } = (JSON.parse(text) ?? {}) as { readonly exp?: unknown }
    return typeof exp === 'number' ? timeText(exp * 1000) : undefined
  } catch {
    return undefined
  }
}
