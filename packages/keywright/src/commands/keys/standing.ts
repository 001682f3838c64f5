import type { SeenKey } from '../../client/answers.ts'

/** What keys are listed by. */
export const STANDINGS: readonly SeenKey['standing'][] = [
  'live',
  'revoked',
  'expired',
  'disabled',
  'ended',
  'roleless',
]

/** Whether a key counts, as one word with the time that matters, or with what else made it stop. */
export function standingOf(key: SeenKey): string {
  const { standing, because_of: cause, expires_at: end } = key
  if (standing === 'live') return end === null ? 'live' : `live until ${end}`
  if (standing === 'roleless') return 'without a role'
  if (cause !== null) return `${standing} with ${cause}`
  if (standing === 'revoked') return `revoked ${key.revoked_at ?? 'with a key above'}`
  return standing === 'expired' ? `expired ${end ?? 'with a key above'}` : standing
}
