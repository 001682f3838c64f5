/** An answer that asks for more is not waited for: longer than anybody would watch a program do nothing. */
const SECONDS_MAX = 1_000_000_000

/**
 * `Retry-After` (RFC 9110 section 10.2.3): seconds or a date. Whole seconds from now, rounded up; undefined when it is
 * neither. A date that has passed is 0.
 *
 * @param now wall time in epoch milliseconds
 */
export function readRetryAfter(text: string | null, now: number): number | undefined {
  const trimmed = text?.trim() ?? ''
  if (/^\d{1,9}$/.test(trimmed)) return Number(trimmed)
  // The forms of RFC 9110 section 5.6.7 begin with the name of a day; Date.parse would take far more.
  if (!/^(Mon|Tue|Wed|Thu|Fri|Sat|Sun)/.test(trimmed)) return undefined
  const at = Date.parse(/\d{4}$/.test(trimmed) ? `${trimmed} GMT` : trimmed)
  if (Number.isNaN(at)) return undefined
  return Math.min(SECONDS_MAX, Math.max(0, Math.ceil((at - now) / 1000)))
}
