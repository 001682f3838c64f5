/** Runs the work once. @returns how many of its `count` operations fit into a second at that pace */
export async function rateOf(count: number, work: () => Promise<void> | void): Promise<number> {
  const startedMs = performance.now()
  await work()
  return (count * 1000) / (performance.now() - startedMs)
}
