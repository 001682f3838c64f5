import type { Answer, Client } from '@keywright/client'
import type { Metric, Outcome, ShownRun } from './answers.ts'

/** A run as the API names it. */
export interface RunName {
  readonly experiment: string
  readonly variation: number
  readonly run: number
}

const PATH = '/experiments/{experiment}/variations/{variation}/runs/{run}'

/** One run, for who started it and for who works on it. Making one asks for nothing. */
export class Run {
  readonly #client: Pick<Client, 'call'>
  readonly #params: Readonly<Record<string, string | number>>

  constructor(client: Pick<Client, 'call'>, { experiment, variation, run }: RunName) {
    this.#client = client
    this.#params = { experiment, variation, run }
  }

  /** The run and everything it has reported. */
  get(): Answer<ShownRun & { readonly metrics: readonly Metric[] }> {
    return this.#client.call(`GET ${PATH}`, { params: this.#params })
  }

  /** Reports a number; step 0 unless it says otherwise. */
  report(metric: Omit<Metric, 'step'> & { readonly step?: number }): Answer<undefined> {
    return this.#client.call(`POST ${PATH}/metrics`, { params: this.#params, body: metric })
  }

  /** Ends it, and with it every key that is bound to it: a worker can do nothing more after this. */
  finish(outcome: Outcome = 'succeeded'): Answer<ShownRun> {
    return this.#client.call(`POST ${PATH}/finish`, {
      params: this.#params,
      body: { outcome },
      isRepeatable: true,
    })
  }

  /** Starts an instance with a key for this run alone, unless one lives. */
  provision(): Answer<ShownRun> {
    return this.#client.call(`POST ${PATH}/provision`, {
      params: this.#params,
      isRepeatable: true,
    })
  }
}
