import type { Store } from '@keywright/core'
import { StoreUnavailable } from '@keywright/core'
import type { VerifierEngine } from '@keywright/verifier'

/** How often usage is written behind. */
const FLUSH_INTERVAL_MS = 10_000

/** Writes what the verifier counted, now and then and at the end. */
export class UsageWriter {
  readonly #store: Store
  readonly #usage: VerifierEngine['usage']
  readonly #timer: NodeJS.Timeout
  #running: Promise<void> | undefined

  constructor(store: Store, { usage }: Pick<VerifierEngine, 'usage'>) {
    this.#store = store
    this.#usage = usage
    this.#timer = setInterval(() => void this.flush(), FLUSH_INTERVAL_MS)
    this.#timer.unref()
  }

  /** Writes everything gathered so far. What cannot be written is kept for the next time. */
  async flush(): Promise<void> {
    this.#running ??= this.#write().finally(() => {
      this.#running = undefined
    })
    await this.#running
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer)
    await this.flush()
    // A flush that was under way did not see what came after it began.
    await this.flush()
  }

  async #write(): Promise<void> {
    const deltas = this.#usage.drain()
    if (deltas.length === 0) return
    try {
      await this.#store.transact((writes) => writes.addUsage(deltas))
    } catch (error) {
      this.#usage.restore(deltas)
      if (!(error instanceof StoreUnavailable)) throw error
    }
  }
}
