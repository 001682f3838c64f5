/** @throws RangeError for no numbers */
export function medianOf(numbers: readonly number[]): number {
  if (numbers.length === 0) throw new RangeError('there is no median of nothing')
  const sorted = numbers.toSorted((a, b) => a - b)
  const middle = sorted.length >> 1
  const upper = sorted[middle] as number
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] as number) + upper) / 2
}
