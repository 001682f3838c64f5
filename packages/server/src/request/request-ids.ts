import type { RandomBytes } from '@keywright/token'

const BYTES = 15
const POOLED = 128

/** Names of requests: `req_` and 120 random bits. Ours and never the client's, who could otherwise repeat one. */
export class RequestIds {
  readonly #random: RandomBytes
  #pool = Buffer.alloc(0)
  #used = 0

  constructor(random: RandomBytes) {
    this.#random = random
  }

  next(): string {
    if (this.#used === this.#pool.length) {
      this.#pool = Buffer.from(this.#random(BYTES * POOLED))
      this.#used = 0
    }
    const end = this.#used + BYTES
    const id = `req_${this.#pool.toString('base64url', this.#used, end)}`
    this.#used = end
    return id
  }
}
