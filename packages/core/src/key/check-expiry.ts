import type { Kind } from '../definition/definition.ts'
import { earliest, instant } from '../decide/standing.ts'
import type { Acting } from './actor.ts'
import type { ChangeRefused } from './outcome.ts'
import { refused } from './outcome.ts'

interface Wish {
  /** What the minter asked for. */
  readonly wantedSeconds: number | undefined
  readonly parent: Acting | null
  readonly now: number
}

/**
 * When a new key ends. A wish that is too long is refused, and any wish where the kind ends with its resource; where
 * nothing is wished, the kind's default holds, cut to the kind's maximum and the parent's own end. So a key without an
 * end of its own still has one when its parent has: nobody gives away more time than they have.
 * @returns epoch milliseconds on a whole second, or null for a key without an end
 */
export function checkExpiry(
  kind: Kind,
  wish: Wish,
): { ok: true; expiresAt: number | null } | ChangeRefused {
  if (wish.wantedSeconds !== undefined) {
    return checkTimed(kind) ?? wantedEnd(kind, wish.wantedSeconds, wish)
  }
  const parentEnd = wish.parent?.expiresAt ?? null
  return { ok: true, expiresAt: earliest([defaultEnd(kind, wish.now), parentEnd]) }
}

/** The refusal to give a key an end of its own where its kind ends with the resource. */
export function checkTimed({ name, isUntilEnded }: Kind): ChangeRefused | undefined {
  if (!isUntilEnded) return undefined
  const detail = `Keys of kind ${name} live until their resource ends and take no lifetime. Leave it out; to end one sooner, revoke it.`
  return refused('invalid_lifetime', detail)
}

function wantedEnd(
  kind: Kind,
  seconds: number,
  { parent, now }: Wish,
): { ok: true; expiresAt: number } | ChangeRefused {
  if (!Number.isSafeInteger(seconds) || seconds < 1) {
    return refused('invalid_lifetime', 'A lifetime is a whole number of seconds, at least 1.')
  }
  if (seconds > (kind.maxSeconds ?? Number.POSITIVE_INFINITY)) {
    const detail = `Keys of kind ${kind.name} live ${kind.maxSeconds} seconds at most. Ask for that or less.`
    return refused('invalid_lifetime', detail)
  }
  const expiresAt = endAfter(now, seconds)
  if (expiresAt > LATEST_END) {
    return refused('invalid_lifetime', 'A key ends in the year 9999 at the latest.')
  }
  const parentEnd = parent?.expiresAt ?? null
  if (parentEnd !== null && expiresAt > parentEnd) {
    const detail = `The minting key expires at ${instant(parentEnd)}; its children cannot live longer.`
    return refused('exceeds_parent', detail)
  }
  return { ok: true, expiresAt }
}

function defaultEnd({ defaultSeconds, maxSeconds }: Kind, now: number): number | null {
  const seconds = earliest([defaultSeconds ?? null, maxSeconds ?? null])
  return seconds === null ? null : endAfter(now, seconds)
}

const LATEST_END = Date.UTC(9999, 11, 31)

/** The end of a life of so many seconds: on a whole second, as the wire shows it, and never short of what was asked. */
export function endAfter(now: number, seconds: number): number {
  return (Math.ceil(now / 1000) + seconds) * 1000
}
