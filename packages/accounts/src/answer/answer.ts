import type { AccountAnswer, AccountRefusalCode, AccountRefused } from '@keywright/contract'

/** A refusal; cookies are cleared by some. */
export function refused(
  code: AccountRefusalCode,
  detail: string,
  setCookies: readonly string[] = [],
): AccountRefused {
  return { ok: false, code, detail, setCookies }
}

/** An answer that says nothing but yes. */
export function done(setCookies: readonly string[] = []): AccountAnswer {
  return { ok: true, setCookies }
}

export function tooMany(retryAfterSeconds: number): AccountRefused {
  const detail = `Too many attempts. Wait ${retryAfterSeconds} seconds, then try again.`
  return { ...refused('too_many_attempts', detail), retryAfterSeconds }
}

export function notSignedIn(): AccountRefused {
  return refused('not_signed_in', 'Nobody is signed in here. Sign in first.')
}

export function reauthenticationNeeded(): AccountRefused {
  const detail = 'This changes how you sign in, and your sign-in is a while ago. Sign in again.'
  return refused('reauthentication_needed', detail)
}
