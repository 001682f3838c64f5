// Delivers webhooks: after the answer has gone out, once, by POST, signed, without following redirects. A receiver that
// is slow or broken costs nothing but its own delivery. (A product on the open internet would also refuse receivers in
// its own network, and try again later; both are left out here.)

import { createHmac } from 'node:crypto'
import type { FastifyReply } from 'fastify'
import type { Webhooks } from './data/webhooks.ts'
import { newId } from './data/new-id.ts'

const TIMEOUT_MS = 5_000

export interface Happening {
  readonly type: 'agent.created' | 'event.created'
  readonly data: object
}

export class Courier {
  readonly #webhooks: Webhooks
  readonly #now: () => number
  readonly #underWay = new Set<Promise<void>>()

  constructor(webhooks: Webhooks, now: () => number) {
    this.#webhooks = webhooks
    this.#now = now
  }

  /** Tells an organization's webhooks of something, when the answer of this request is out. */
  announce(reply: FastifyReply, organization: string, happening: Happening): void {
    reply.raw.once('close', () => {
      const sent = this.#deliver(organization, happening)
      this.#underWay.add(sent)
      void sent.finally(() => this.#underWay.delete(sent))
    })
  }

  /** Resolves when nothing is on its way any more. */
  async idle(): Promise<void> {
    while (this.#underWay.size > 0) await Promise.all(this.#underWay)
  }

  async #deliver(organization: string, { type, data }: Happening): Promise<void> {
    const at = this.#now()
    const body = JSON.stringify({
      id: newId('dlv'),
      type,
      created_at: new Date(at).toISOString(),
      data,
    })
    await Promise.all(
      this.#webhooks.listFor(organization, type).map(async ({ id, url, secret }) => {
        const seconds = Math.floor(at / 1000)
        const status = await post(url, body, {
          'content-type': 'application/json',
          'chronary-signature': `t=${seconds},v1=${sign(secret, `${seconds}.${body}`)}`,
        })
        this.#webhooks.noteDelivery(id, { at, status })
      }),
    )
  }
}

/** @returns the receiver's status, or null when it could not be reached in time */
async function post(
  url: string,
  body: string,
  headers: Record<string, string>,
): Promise<number | null> {
  try {
    const signal = AbortSignal.timeout(TIMEOUT_MS)
    const response = await fetch(url, { method: 'POST', headers, body, redirect: 'manual', signal })
    await response.body?.cancel()
    return response.status
  } catch {
    return null
  }
}

function sign(secret: string, text: string): string {
  return createHmac('sha256', secret).update(text).digest('hex')
}
