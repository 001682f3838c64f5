/** A time as RFC 3339 in whole seconds, as servers write theirs. @throws RangeError for one that no date is */
export function timeText(milliseconds: number): string {
  return new Date(milliseconds).toISOString().replace(/\.\d+Z$/, 'Z')
}
