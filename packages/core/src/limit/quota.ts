// Quotas are granted in durable blocks before use: the ledger books a block, and only then may its units be spent
// from memory. Whatever crashes, what was spent is never more than what was booked, and what is booked never passes
// the limit. A crash burns the rest of one block; the block shrinks with what is left, so the burn does too.

const BLOCK_MAX = 1000

/** The calendar month in UTC that a moment belongs to, as `2026-11`. */
export function periodOf(nowMs: number): string {
  return new Date(nowMs).toISOString().slice(0, 7)
}

/** The first moment after a period, in epoch milliseconds. */
export function periodEndsAt(period: string): number {
  const [year, month] = period.split('-').map(Number) as [number, number]
  return Date.UTC(year, month, 1)
}

/**
 * How many units to book at once: a quarter of what is left, at least what the call needs, never more than is left.
 * @returns 0 when the quota cannot give `needed`
 */
export function blockSize(left: number, needed: number): number {
  if (needed > left) return 0
  return Math.min(left, Math.max(needed, Math.min(BLOCK_MAX, Math.floor(left / 4))))
}
