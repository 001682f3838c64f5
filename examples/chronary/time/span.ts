/** A stretch of time in epoch milliseconds; the end is not part of it. */
export interface Span {
  readonly start: number
  readonly end: number
}

/** A span on the wire. */
export function spanOf({ start, end }: Span): { start: string; end: string } {
  return { start: instantOf(start), end: instantOf(end) }
}

/** RFC 3339 in UTC, to the second. */
export function instantOf(epochMs: number): string {
  return `${new Date(epochMs).toISOString().slice(0, 19)}Z`
}

/** Spans in order, with those that touch or overlap made one. */
export function mergeSpans(spans: readonly Span[]): Span[] {
  const merged: Span[] = []
  for (const span of spans.toSorted((a, b) => a.start - b.start)) {
    const last = merged.at(-1)
    if (last === undefined || span.start > last.end) merged.push(span)
    else merged[merged.length - 1] = { start: last.start, end: Math.max(last.end, span.end) }
  }
  return merged
}

/** The busy stretches within a range, cut to it. */
export function busyWithin(range: Span, busy: readonly Span[]): Span[] {
  return mergeSpans(busy)
    .map(({ start, end }) => ({
      start: Math.max(start, range.start),
      end: Math.min(end, range.end),
    }))
    .filter(({ start, end }) => start < end)
}

/** What is left of a range without the busy stretches, where it is long enough. */
export function freeWithin(range: Span, busy: readonly Span[], leastMs = 1): Span[] {
  const free: Span[] = []
  let start = range.start
  for (const block of busyWithin(range, busy)) {
    free.push({ start, end: block.start })
    start = block.end
  }
  free.push({ start, end: range.end })
  return free.filter((span) => span.end - span.start >= leastMs)
}
