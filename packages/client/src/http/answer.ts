/** The data of an answer with where it came from. */
export interface AnsweredWith<Data> {
  readonly data: Data
  readonly response: Response
  readonly requestId: string | undefined
}

/**
 * The answer to come. Awaited it is the data; `withResponse()` gives the response too. The request is under way at once,
 * and is made once however often the answer is asked for.
 */
export class Answer<Data> implements PromiseLike<Data> {
  readonly #answered: Promise<AnsweredWith<Data>>

  constructor(answered: Promise<AnsweredWith<Data>>) {
    this.#answered = answered
  }

  /** Data, response and request id together. The body of the response has been read. */
  withResponse(): Promise<AnsweredWith<Data>> {
    return this.#answered
  }

  /** The same answer with its data changed, for instance a new secret wrapped. */
  map<Other>(change: (data: Data) => Other): Answer<Other> {
    return new Answer(
      this.#answered.then((answered) => ({ ...answered, data: change(answered.data) })),
    )
  }

  // oxlint-disable-next-line unicorn/no-thenable -- being awaitable is what it is for
  then<Done = Data, Failed = never>(
    done?: ((data: Data) => Done | PromiseLike<Done>) | null,
    failed?: ((reason: unknown) => Failed | PromiseLike<Failed>) | null,
  ): Promise<Done | Failed> {
    // oxlint-disable-next-line promise/no-callback-in-promise -- this is a `then`
    return this.#answered.then(({ data }) => data).then(done, failed)
  }

  catch<Failed = never>(
    failed?: ((reason: unknown) => Failed | PromiseLike<Failed>) | null,
  ): Promise<Data | Failed> {
    return this.then(undefined, failed)
  }

  finally(done?: (() => void) | null): Promise<Data> {
    return this.then(undefined).finally(done)
  }
}
