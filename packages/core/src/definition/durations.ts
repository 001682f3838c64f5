/** Whole days in seconds, for lifetimes. */
export function days(count: number): number {
  return count * 86_400
}

/** Whole hours in seconds, for lifetimes. */
export function hours(count: number): number {
  return count * 3_600
}
