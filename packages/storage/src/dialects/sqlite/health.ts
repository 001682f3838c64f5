import { StoreUnavailable } from '@keywright/core'

/**
 * Whether a database may still be asked. After a failed fsync or damage found, what is on disk is unknown; after
 * close there is nothing to ask. Every later call then fails the same way.
 */
export class Health {
  #end: StoreUnavailable | undefined

  get isOver(): boolean {
    return this.#end !== undefined
  }

  /** The first end counts. */
  end(reason: StoreUnavailable): void {
    this.#end ??= reason
  }

  /** @throws StoreUnavailable once it is over */
  assert(): void {
    if (this.#end !== undefined) {
      throw new StoreUnavailable(this.#end.message, { cause: this.#end.cause, isFatal: true })
    }
  }
}
