import type { IncomingMessage } from 'node:http'
import type { RequestView } from '@keywright/verifier'
import { headerLines } from '@keywright/verifier'

/** A Node request as the reader of credentials wants to see it. */
export class NodeView implements RequestView {
  readonly #request: IncomingMessage

  constructor(request: IncomingMessage) {
    this.#request = request
  }

  get url(): string {
    return this.#request.url ?? ''
  }

  header(name: string): readonly string[] {
    return headerLines(this.#request.rawHeaders, name)
  }
}
