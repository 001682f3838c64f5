import { z } from 'zod'

/** Rows of one page unless a smaller number is asked for. */
const LIMIT_MAX = 100

/** `cursor` and `limit` of a list in the order of ids: a page begins after its cursor. */
export const pageFields = {
  cursor: z.string().max(64).default(''),
  limit: z.coerce.number().int().min(1).max(LIMIT_MAX).default(LIMIT_MAX),
}

/** The same for a list in the order of numbers. */
export const numberedPage = z.strictObject({
  cursor: z.coerce.number().int().min(0).max(1e9).default(0),
  limit: pageFields.limit,
})

/**
 * The answer of a list.
 * @param rows one more than the limit, where there are so many
 * @param cursorOf what the last row that is shown is called in `cursor`
 */
export function pageOf<Row>(
  rows: readonly Row[],
  limit: number,
  cursorOf: (row: Row) => string | number,
): { shown: readonly Row[]; next_cursor: string | null } {
  const shown = rows.slice(0, limit)
  const last = shown.at(-1)
  const hasMore = rows.length > limit && last !== undefined
  return { shown, next_cursor: hasMore ? String(cursorOf(last)) : null }
}

/** The number in a path, or undefined where there is none: `07` and `1e3` are nobody's name. */
export function numberOf(text: string): number | undefined {
  return /^[1-9]\d{0,8}$/.test(text) ? Number(text) : undefined
}
