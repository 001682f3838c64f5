// Delivers webhooks, alike in both modes: after the answer has gone out, once, by POST, signed, without following
// redirects. A receiver that is slow or broken costs nothing but its own delivery. (A product on the open internet would
// also refuse receivers in its own network, at each dial; that is left out here.)

import { createHmac, randomUUID } from 'node:crypto'
import type { ServerResponse } from 'node:http'
import type { Store } from './data/open.ts'

const TIMEOUT_MS = 5_000

interface Happening {
  readonly type: 'agent.created'
  readonly mode: string
  readonly data: object
}

/** Whose webhooks are told, and in which mode's data. */
interface Told {
  readonly store: Store
  readonly organization: string
}

export class Courier {
  readonly #now: () => number
  readonly #underWay = new Set<Promise<void>>()

  constructor(now: () => number) {
    this.#now = now
  }

  /** Tells webhooks of something, when this answer is out. */
  announce(response: ServerResponse, told: Told, happening: Happening): void {
    response.once('close', () => {
      const sent = this.#deliver(told, happening)
      this.#underWay.add(sent)
      void sent.finally(() => this.#underWay.delete(sent))
    })
  }

  /** Resolves when nothing is on its way any more. */
  async idle(): Promise<void> {
    while (this.#underWay.size > 0) await Promise.all(this.#underWay)
  }

  async #deliver({ store, organization }: Told, happening: Happening): Promise<void> {
    const at = this.#now()
    const created = new Date(at).toISOString()
    const body = JSON.stringify({ id: `dlv_${randomUUID()}`, created_at: created, ...happening })
    const seconds = Math.floor(at / 1000)
    await Promise.all(
      store.webhooks.list(organization).map(({ url, secret }) => {
        const signature = createHmac('sha256', secret).update(`${seconds}.${body}`).digest('hex')
        return post(url, body, {
          'content-type': 'application/json',
          'chronary-signature': `t=${seconds},v1=${signature}`,
        })
      }),
    )
  }
}

async function post(url: string, body: string, headers: Record<string, string>): Promise<void> {
  try {
    const signal = AbortSignal.timeout(TIMEOUT_MS)
    const response = await fetch(url, { method: 'POST', headers, body, redirect: 'manual', signal })
    await response.body?.cancel()
  } catch {
    // A receiver that cannot be reached misses this one.
  }
}
