import type { ShownKey } from '../../client/answers.ts'

/** Whether a key counts, as one word or with the time that matters. */
export function standingOf(
  { revoked_at, expires_at }: Pick<ShownKey, 'revoked_at' | 'expires_at'>,
  now: number,
): string {
  if (revoked_at !== null) return `revoked ${revoked_at}`
  if (expires_at === null) return 'live'
  return `${Date.parse(expires_at) <= now ? 'expired' : 'live until'} ${expires_at}`
}
