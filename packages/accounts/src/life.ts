// How long things live. SECURITY.md and docs/decisions/0015 say why.

const SECOND = 1000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** A session ends when it was not used for so long (ASVS 7.3.1). */
export const SESSION_IDLE_MS = DAY
/** A session ends so long after its sign-in, used or not (ASVS 7.3.2). */
export const SESSION_LIFE_MS = 30 * DAY
/** The use of a session is written down this often at most. */
export const SESSION_STAMP_MS = MINUTE
/** Credentials are changed only so soon after a sign-in (ASVS 7.5.1). */
export const FRESH_MS = 15 * MINUTE
export const SIGN_UP_HOURS = 24
export const SIGN_UP_MS = SIGN_UP_HOURS * HOUR
export const RESET_MINUTES = 30
export const RESET_MS = RESET_MINUTES * MINUTE
/** Between a password and its second factor, and between leaving for a provider and coming back. */
export const CEREMONY_MS = 10 * MINUTE

export function inSeconds(ms: number): number {
  return Math.ceil(ms / SECOND)
}
