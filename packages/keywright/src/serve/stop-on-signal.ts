/** How long requests under way may take after the signal. */
const DRAIN_MS = 10_000

/**
 * Ends the process in order when SIGTERM or SIGINT comes: runs `stop` once, then exits with 0, or with 1 when it fails
 * or takes longer than ten seconds.
 *
 * @example
 * stopOnSignal(async () => {
 *   await app.close()
 *   await authority.close()
 * })
 */
export function stopOnSignal(stop: () => Promise<void>): void {
  let isStopping = false
  const onSignal = (): void => {
    if (isStopping) return
    isStopping = true
    setTimeout(() => process.exit(1), DRAIN_MS).unref()
    stop().then(
      () => process.exit(0),
      (error: unknown) => {
        console.error(
          `could not stop cleanly: ${error instanceof Error ? error.message : 'unknown'}`,
        )
        process.exit(1)
      },
    )
  }
  process.on('SIGTERM', onSignal)
  process.on('SIGINT', onSignal)
}
