// `Idempotency-Key`: the same request twice makes one thing. The record commits with the change it stands for, so a
// caller whose connection broke between commit and reply asks again and gets the same id. The secret is not kept, so
// the repeat comes without it. Writers are serialised, so of two at once the second finds the first's record.

import { hash } from 'node:crypto'
import { keyNotFound } from '../key/find-managed.ts'
import type { Minted } from '../key/mint.ts'
import type { Outcome } from '../key/outcome.ts'
import { refused } from '../key/outcome.ts'
import type { Writes } from '../ports/store.ts'

/** How long a repeat finds its first answer. */
const IDEMPOTENCY_RETENTION_MS = 24 * 60 * 60 * 1000

export interface AskedRequest {
  readonly actor: string
  readonly idempotencyKey: string | undefined
  readonly requestDigest: string
}

/** Digest of what was asked, the idempotency key itself left out. Object keys are sorted, so order does not count. */
export function hashRequest(verb: string, request: object): string {
  const entries = Object.entries(request).filter(
    ([name, value]) => name !== 'idempotencyKey' && value !== undefined,
  )
  return hash('sha256', canonical([verb, Object.fromEntries(entries)]), 'base64url')
}

/** The id of what the first request made, and when. */
export interface Recalled {
  readonly madeId: string
  readonly at: number
}

/** What the same request made earlier, the refusal when the key was used for another, or undefined. */
export async function recallRequest(
  writes: Writes,
  asked: AskedRequest & { readonly now: number },
): Promise<Outcome<Recalled> | undefined> {
  if (asked.idempotencyKey === undefined) return undefined
  const record = await writes.findIdempotency(asked.actor, asked.idempotencyKey)
  // A record that is due to be forgotten may still be there.
  const isForgotten = (at: number): boolean => at < asked.now - IDEMPOTENCY_RETENTION_MS
  if (record === undefined || isForgotten(record.createdAt)) return undefined
  if (record.requestDigest !== asked.requestDigest) {
    const detail =
      'This Idempotency-Key was used for another request. Use a new one for each request.'
    return refused('idempotency_conflict', detail)
  }
  return { ok: true, madeId: record.madeId, at: record.createdAt }
}

/** The same for a request that made a key or changed one. */
export async function recallKey(
  writes: Writes,
  asked: AskedRequest & { readonly now: number },
): Promise<Outcome<{ readonly minted: Minted; readonly at: number }> | undefined> {
  const recalled = await recallRequest(writes, asked)
  if (recalled === undefined || !recalled.ok) return recalled
  const key = await writes.getKey(recalled.madeId)
  if (key === undefined) return keyNotFound()
  return { ok: true, minted: { key, secret: null, isReplay: true }, at: recalled.at }
}

export async function rememberRequest(
  writes: Writes,
  done: AskedRequest & { readonly madeId: string; readonly now: number },
): Promise<void> {
  const { actor, idempotencyKey, requestDigest, madeId, now } = done
  if (idempotencyKey === undefined) return
  const record = { actor, idempotencyKey, requestDigest, madeId, createdAt: now }
  await writes.saveIdempotency(record, now - IDEMPOTENCY_RETENTION_MS)
}

function canonical(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  )
}
