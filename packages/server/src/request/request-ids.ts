import type { RandomBytes } from '@keywright/token'

const RANDOM_BYTES = 9
const COUNT_DIGITS = 8

/**
 * Names of requests: `req_`, 72 random bits of this process and a count. Ours and never the client's, who could
 * otherwise repeat one. They are unique, not secret.
 */
export class RequestIds {
  readonly #prefix: string
  #count = 0

  constructor(random: RandomBytes) {
    this.#prefix = `req_${Buffer.from(random(RANDOM_BYTES)).toString('base64url')}`
  }

  next(): string {
    this.#count += 1
    return this.#prefix + this.#count.toString(36).padStart(COUNT_DIGITS, '0')
  }
}
