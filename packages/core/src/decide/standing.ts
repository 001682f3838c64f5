import type { KeySnapshot } from '../key/key.ts'
import type { Refused } from './decision.ts'

/** Whether and until when a key stands, from one snapshot of it, its line and its resource. */
export interface Standing {
  readonly refusal: Refused | null
  /** Epoch seconds, 0 for never. */
  readonly endsAtSeconds: number
  readonly endCode: 'key_expired' | 'key_rotated'
}

/** Standing = not revoked, no ancestor revoked, no resource above disabled or ended; and the earliest end of all. */
export function standingOf(snapshot: KeySnapshot): Standing {
  const ends = [snapshot.expiresAt, ...snapshot.line.map((ancestor) => ancestor.expiresAt)]
  const keyEnds = earliest(ends)
  const rotatesAt = snapshot.secretEndsAt
  const isRotatedFirst = rotatesAt !== null && (keyEnds === null || rotatesAt < keyEnds)
  const endsAt = isRotatedFirst ? rotatesAt : keyEnds
  return {
    refusal: lasting(snapshot),
    // Rounded down: a key never stands longer than it was given, and 0 is kept for never.
    endsAtSeconds: endsAt === null ? 0 : Math.max(1, Math.floor(endsAt / 1000)),
    endCode: isRotatedFirst ? 'key_rotated' : 'key_expired',
  }
}

function lasting(snapshot: KeySnapshot): Refused | null {
  const keyId = snapshot.id
  if (snapshot.revokedAt !== null) {
    const detail = `This key was revoked at ${instant(snapshot.revokedAt)}. Ask for a new one.`
    return { allowed: false, code: 'key_revoked', detail, keyId }
  }
  const ancestor = snapshot.line.find((above) => above.revokedAt !== null)
  if (ancestor !== undefined) {
    const detail = `The key that minted this one, ${ancestor.id}, was revoked, and its branch with it.`
    return { allowed: false, code: 'key_revoked', detail, keyId }
  }
  if (snapshot.blockedBy === null) return null
  const { resource, state } = snapshot.blockedBy
  return state === 'ended'
    ? { allowed: false, code: 'resource_ended', detail: `${resource} has ended.`, keyId }
    : { allowed: false, code: 'resource_disabled', detail: `${resource} is disabled.`, keyId }
}

/** The earliest of some times; null, which is never, only where all are. */
export function earliest(times: readonly (number | null)[]): number | null {
  const known = times.filter((time): time is number => time !== null)
  return known.length === 0 ? null : Math.min(...known)
}

/** Whether an end has come, by whole seconds as verdicts count. */
export function isOver(end: number | null, now: number): boolean {
  return end !== null && Math.floor(end / 1000) * 1000 <= now
}

/** RFC 3339 in UTC, to the second. */
export function instant(epochMs: number): string {
  return `${new Date(epochMs).toISOString().slice(0, 19)}Z`
}
