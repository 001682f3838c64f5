import type { Charge } from '../limit/charge.ts'
import { Generations } from './generations.ts'

/** Requests remembered at most. */
const REMEMBERED_MAX = 20_000

/** One request is charged once: what a key's request took is remembered by its request id, also while it is being taken. */
export class Replays {
  readonly #byRequest = new Generations<Charge | Promise<Charge>>(REMEMBERED_MAX)

  find(keyId: string, requestId: string): Charge | Promise<Charge> | undefined {
    return this.#byRequest.get(`${keyId} ${requestId}`)
  }

  /** Refusals took nothing and are not remembered, so a later attempt may pass. */
  remember(keyId: string, requestId: string, charge: Charge | Promise<Charge>): void {
    const name = `${keyId} ${requestId}`
    if (!(charge instanceof Promise)) {
      if (charge.allowed) this.#byRequest.set(name, charge)
      return
    }
    this.#byRequest.set(name, charge)
    const settle = (settled: Charge | undefined): void => {
      if (settled?.allowed === true) this.#byRequest.set(name, settled)
      else this.#byRequest.delete(name)
    }
    charge.then(settle, () => settle(undefined))
  }
}
