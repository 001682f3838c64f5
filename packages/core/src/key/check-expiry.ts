import type { Kind } from '../definition/definition.ts'
import type { Principal } from '../decide/decision.ts'
import { instant } from '../decide/standing.ts'
import type { ChangeRefused } from './outcome.ts'
import { refused } from './outcome.ts'

interface Wish {
  /** What the minter asked for. */
  readonly wantedSeconds: number | undefined
  readonly parent: Principal | null
  readonly now: number
}

/**
 * When a new key ends. A wish that is too long is refused; where nothing is wished, the kind's default holds, cut to
 * the kind's maximum and the parent's own end.
 * @returns epoch milliseconds on a whole second, or null for a key without an end
 */
export function checkExpiry(
  kind: Kind,
  { wantedSeconds, parent, now }: Wish,
): { ok: true; expiresAt: number | null } | ChangeRefused {
  const max = kind.maxSeconds ?? Number.POSITIVE_INFINITY
  if (wantedSeconds !== undefined && (!Number.isSafeInteger(wantedSeconds) || wantedSeconds < 1)) {
    return refused('invalid_lifetime', 'A lifetime is a whole number of seconds, at least 1.')
  }
  if (wantedSeconds !== undefined && wantedSeconds > max) {
    const detail = `Keys of kind ${kind.name} live ${max} seconds at most. Ask for that or less.`
    return refused('invalid_lifetime', detail)
  }
  const seconds = wantedSeconds ?? Math.min(kind.defaultSeconds ?? Number.POSITIVE_INFINITY, max)
  const ownEnd = seconds === Number.POSITIVE_INFINITY ? null : endAfter(now, seconds)
  if (ownEnd !== null && ownEnd > LATEST_END) {
    return refused('invalid_lifetime', `A key ends in the year 9999 at the latest.`)
  }
  const parentEnd = parent?.expiresAt ?? null
  if (parentEnd === null) return { ok: true, expiresAt: ownEnd }
  if (wantedSeconds !== undefined && (ownEnd as number) > parentEnd) {
    const detail = `The minting key expires at ${instant(parentEnd)}; its children cannot live longer.`
    return refused('exceeds_parent', detail)
  }
  return { ok: true, expiresAt: Math.min(ownEnd ?? parentEnd, parentEnd) }
}

const LATEST_END = Date.UTC(9999, 11, 31)

/** The end of a life of so many seconds: on a whole second, as the wire shows it, and never short of what was asked. */
export function endAfter(now: number, seconds: number): number {
  return (Math.ceil(now / 1000) + seconds) * 1000
}
