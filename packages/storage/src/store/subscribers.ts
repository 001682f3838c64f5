import type { KeyEvent } from '@keywright/core'

export type Listener = (events: readonly KeyEvent[]) => void

/** Who hears of commits. */
export class Subscribers {
  readonly #listeners = new Set<{ readonly listener: Listener }>()

  add(listener: Listener): () => void {
    const entry = { listener }
    this.#listeners.add(entry)
    return () => void this.#listeners.delete(entry)
  }

  /**
   * Calls every listener. The change has committed, so an error of a listener cannot undo it and must not look like
   * a failed commit: it is thrown on its own, where it ends a process that does not expect it. A verifier that could
   * not apply a revocation must not go on.
   */
  publish(events: readonly KeyEvent[]): void {
    if (events.length === 0) return
    for (const { listener } of this.#listeners) {
      try {
        listener(events)
      } catch (error) {
        queueMicrotask(() => {
          throw error
        })
      }
    }
  }
}
