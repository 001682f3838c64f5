import { z } from 'zod'
import type { Span } from '../time/span.ts'

const DAY_MS = 86_400_000
const DAYS_DEFAULT = 7
const DAYS_MAX = 92

/** RFC 3339 with an offset, read as epoch milliseconds. */
export const instantField = z.iso.datetime({ offset: true }).transform((text) => Date.parse(text))

/** `from` and `to`, both optional. */
export const rangeFields = { from: instantField.optional(), to: instantField.optional() }

/** The span that was asked for; by default a week from now. Undefined when it is empty or too long. */
export function rangeOf(
  { from, to }: { from?: number | undefined; to?: number | undefined },
  now: number,
): Span | undefined {
  const start = from ?? Math.floor(now / 1000) * 1000
  const end = to ?? start + DAYS_DEFAULT * DAY_MS
  return start < end && end - start <= DAYS_MAX * DAY_MS ? { start, end } : undefined
}

export const NO_RANGE = {
  code: 'invalid_request',
  detail: `'from' comes before 'to', and at most ${DAYS_MAX} days lie between them.`,
} as const
