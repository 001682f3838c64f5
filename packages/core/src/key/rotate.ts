// Rotate replaces the secret, not the key: id, name, counters, limits and history stay. The old secret may live on
// for a chosen overlap, never past the key's own end. Whoever rotates learns the new secret, so it may not be wider
// than the rotating key, nor outlive what that key was verified by.

import { standingOf } from '../decide/standing.ts'
import { headOf } from '../definition/definition.ts'
import { hashRequest, recallKey, rememberRequest } from '../idempotency/recall.ts'
import type { Writes } from '../ports/store.ts'
import { issueSecret } from '../secret/issue.ts'
import type { Actor } from './actor.ts'
import { actorText, givingAt } from './actor.ts'
import { endAfter } from './check-expiry.ts'
import { isWithinParent } from './check-request.ts'
import type { KeyDeps } from './deps.ts'
import type { Managed } from './find-managed.ts'
import { findManaged } from './find-managed.ts'
import type { Key } from './key.ts'
import { personOf } from './key.ts'
import type { Minted } from './mint.ts'
import type { ChangeRefused, Outcome } from './outcome.ts'
import { refused } from './outcome.ts'

/** The longest overlap: thirty days. */
export const OVERLAP_MAX_SECONDS = 30 * 86_400

export interface RotateRequest {
  readonly id: string
  /** Seconds that the earlier secret still counts; default 0: it ends at once. */
  readonly overlapSeconds?: number | undefined
  readonly idempotencyKey?: string | undefined
}

/** `previousEndsAt` is when the earlier secret stops counting. */
export type Rotated = Minted & { readonly previousEndsAt: number }

export async function rotateKey(
  deps: KeyDeps,
  actor: Actor,
  request: RotateRequest,
): Promise<Outcome<Rotated>> {
  const overlap = request.overlapSeconds ?? 0
  if (!Number.isSafeInteger(overlap) || overlap < 0 || overlap > OVERLAP_MAX_SECONDS) {
    const detail = `An overlap is a whole number of seconds from 0 to ${OVERLAP_MAX_SECONDS}.`
    return refused('invalid_lifetime', detail)
  }
  const requestDigest = hashRequest('rotate', request)
  return deps.store.transact(async (writes) => {
    const now = deps.clock.now()
    const asked = { actor: actorText(actor), idempotencyKey: request.idempotencyKey, requestDigest }
    const managed = await findManaged(deps, writes, { actor, id: request.id, isOwnAllowed: false })
    if (!managed.ok) return managed
    const earlier = await recallKey(writes, { ...asked, now })
    if (earlier !== undefined) {
      if (!earlier.ok) return earlier
      const { minted, at } = earlier
      return { ok: true, ...minted, previousEndsAt: overlapEnd(minted.key, overlap, at) }
    }
    const unfit =
      checkRotatable(deps, managed, now) ??
      (await refuseOutliving(writes, managed)) ??
      (await refuseBeside(writes, managed))
    if (unfit !== undefined) return unfit
    const rotated = await replaceSecret(deps, writes, { managed, overlap, now })
    await rememberRequest(writes, { ...asked, madeId: request.id, now })
    return rotated
  })
}

function checkRotatable(deps: KeyDeps, managed: Managed, now: number): ChangeRefused | undefined {
  const { key, actor } = managed
  const kind = deps.definition.kinds.get(key.kind)
  if (kind === undefined) {
    return refused('unknown_kind', `The definition no longer has keys of kind ${key.kind}.`)
  }
  if (key.revokedAt !== null || (key.expiresAt !== null && key.expiresAt <= now)) {
    return refused('key_ended', 'This key is revoked or expired and stays so. Mint a new one.')
  }
  const { principal } = actor
  if (principal === null) return undefined
  const giver = givingAt(principal, kind, key.resource)
  if (isWithinParent(key.scopes, giver, deps.definition.scopes)) return undefined
  const detail =
    'This key has scopes that the calling key lacks, and its new secret would give them away.'
  return refused('exceeds_parent', detail)
}

async function refuseOutliving(
  writes: Writes,
  { key, actor }: Managed,
): Promise<ChangeRefused | undefined> {
  const actorEnd = actor.principal?.expiresAt ?? null
  if (actorEnd === null) return undefined
  const { snapshot } = await writes.findById(key.id)
  const endsAtSeconds = snapshot === undefined ? 0 : standingOf(snapshot).endsAtSeconds
  if (endsAtSeconds !== 0 && endsAtSeconds * 1000 <= actorEnd) return undefined
  const detail =
    'This key lives longer than the calling secret, and its new secret would outlive that.'
  return refused('exceeds_parent', detail)
}

// A key of a person that somebody stole must not learn the secrets of the person's other keys: with an overlap nobody
// would notice, and it would stay when the stolen one is revoked. Its own branch ends with it.
async function refuseBeside(
  writes: Writes,
  { key, actor }: Managed,
): Promise<ChangeRefused | undefined> {
  const { principal } = actor
  if (principal === null || principal.keyId === null || principal.reach === undefined) {
    return undefined
  }
  if (principal.keyId === key.id || key.holder !== principal.reach.holder) return undefined
  const { snapshot } = await writes.findById(key.id)
  if (snapshot?.line.some((above) => above.id === principal.keyId)) return undefined
  const detail =
    'This key was not made with the calling key, which would learn its secret. Rotate it with itself, or signed in.'
  return refused('exceeds_parent', detail)
}

/** The end of a secret that has ended for good: a clock that is set back gives it no time again. */
const ENDED_AT_ONCE = 0

async function replaceSecret(
  deps: KeyDeps,
  writes: Writes,
  step: { managed: Managed; overlap: number; now: number },
): Promise<{ ok: true } & Rotated> {
  const { managed, overlap, now } = step
  const { key } = managed
  const kind = deps.definition.kinds.get(key.kind)
  if (kind === undefined) throw new TypeError(`no kind ${key.kind}`)
  const secret = issueSecret(headOf(kind, key.mode), deps.random, deps.pepper)
  const previousEndsAt = overlapEnd(key, overlap, now)
  const { digest, start } = secret
  const endsAt = overlap === 0 ? ENDED_AT_ONCE : previousEndsAt
  await writes.replaceSecret(key.id, { digest, start, at: now, endsAt })
  await writes.append({
    type: 'key.rotated',
    at: now,
    actor: managed.actor.text,
    keyId: key.id,
    resource: key.resource,
    mode: key.mode,
    ...personOf(key),
    data: { previous_ends_at: previousEndsAt },
  })
  const rotated: Key = { ...key, start, rotatedAt: now }
  return { ok: true, key: rotated, secret: secret.plaintext, isReplay: false, previousEndsAt }
}

function overlapEnd(key: Key, overlapSeconds: number, rotatedAt: number): number {
  const end = overlapSeconds === 0 ? rotatedAt : endAfter(rotatedAt, overlapSeconds)
  return Math.min(end, key.expiresAt ?? Number.POSITIVE_INFINITY)
}
