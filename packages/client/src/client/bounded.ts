/**
 * Runs a task for each item, a few at a time: uploads, for instance. The results stand in the order of the items. The
 * first failure ends it: no further task begins, the signal tells those under way, and the failure is thrown when they
 * have all come to an end, so nothing runs on behind the caller's back.
 *
 * @param workers how many tasks run at once, at least 1
 */
export async function mapBounded<Item, Result>(
  items: Iterable<Item>,
  workers: number,
  task: (item: Item, signal: AbortSignal) => PromiseLike<Result>,
): Promise<Result[]> {
  if (!Number.isSafeInteger(workers) || workers < 1) {
    throw new RangeError('workers must be a whole number, at least 1')
  }
  const waiting = [...items].entries()
  const results: Result[] = []
  const stop = new AbortController()
  let failure: { readonly reason: unknown } | undefined
  const work = async (): Promise<void> => {
    // One iterator for all: whoever is free takes the next.
    for (const [index, item] of waiting) {
      try {
        results[index] = await task(item, stop.signal)
      } catch (reason) {
        failure ??= { reason }
        stop.abort(reason)
      }
      if (failure !== undefined) return
    }
  }
  await Promise.all(Array.from({ length: workers }, work))
  // oxlint-disable-next-line typescript/only-throw-error -- what a task threw goes on as it is
  if (failure !== undefined) throw failure.reason
  return results
}
