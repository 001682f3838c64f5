// Asking for a pick-up takes what minting the key would take, and is refused as that would be.

import { hashRequest, recallRequest, rememberRequest } from '../idempotency/recall.ts'
import type { Actor, ActorNow } from '../key/actor.ts'
import { checkActor } from '../key/actor.ts'
import { endAfter } from '../key/check-expiry.ts'
import { checkBinding } from '../key/check-request.ts'
import type { KeyDeps } from '../key/deps.ts'
import { newId } from '../key/id.ts'
import { kindOfRequest, proveKey } from '../key/mint.ts'
import type { MintRequest, ProvenKey } from '../key/mint.ts'
import type { ChangeRefused, Outcome } from '../key/outcome.ts'
import { refused } from '../key/outcome.ts'
import type { Writes } from '../ports/store.ts'
import { newPickupCode, pickupCodeDigest, showPickupCode } from './code.ts'
import { appendPickup } from './event.ts'
import { pickupNotFound } from './not-found.ts'
import type { Pickup, PromisedKey } from './pickup.ts'
import { PICKUP_MAX_SECONDS, PICKUP_SECONDS } from './pickup.ts'

/** A code that comes back within a day still ends the key that it made. */
const KEPT_MS = 86_400_000

export interface CreatePickupRequest extends MintRequest {
  /** How long the code lives, in seconds; default ten minutes, at most an hour. */
  readonly pickupExpiresInSeconds?: number | undefined
}

/** `code` is shown here only; null when the answer repeats an earlier one. */
export interface CreatedPickup {
  readonly pickup: Pickup
  readonly code: string | null
}

export async function createPickup(
  deps: KeyDeps,
  actor: Actor,
  request: CreatePickupRequest,
): Promise<Outcome<CreatedPickup>> {
  const { definition } = deps
  const known = kindOfRequest(definition, request)
  if (!known.ok) return known
  const { kind } = known
  const { pickupExpiresInSeconds: seconds = PICKUP_SECONDS, idempotencyKey, ...promised } = request
  const unfit = checkLife(seconds)
  if (unfit !== undefined) return unfit
  const requestDigest = hashRequest('pickup', request)
  return deps.store.transact(async (writes) => {
    const now = deps.clock.now()
    const checked = await checkActor({ definition, reads: writes, now }, actor, 'keys:write')
    if (!checked.ok) return checked
    const { principal: parent, text } = checked.actor
    const asked = { actor: text, idempotencyKey, requestDigest }
    const earlier = await recallRequest(writes, { ...asked, now })
    if (earlier !== undefined) {
      if (!earlier.ok) return earlier
      const binding = checkBinding(definition, kind, { request, parent })
      return binding.ok ? recallPickup(writes, earlier.madeId) : binding
    }
    const plan = { kind, request: promised, actor: checked.actor, now }
    const proven = await proveKey(deps, writes, plan)
    if (!proven.ok) return proven
    const expiresAt = Math.min(endAfter(now, seconds), endOf(actor, checked.actor))
    const sent = { promised, sender: senderOf(actor), createdBy: text, now, expiresAt }
    const created = await write(deps, writes, { ...sent, proven })
    await rememberRequest(writes, { ...asked, madeId: created.pickup.id, now })
    return created
  })
}

function checkLife(seconds: number): ChangeRefused | undefined {
  if (Number.isSafeInteger(seconds) && seconds >= 1 && seconds <= PICKUP_MAX_SECONDS) {
    return undefined
  }
  const detail = `A pick-up lives a whole number of seconds from 1 to ${PICKUP_MAX_SECONDS}.`
  return refused('invalid_lifetime', detail)
}

/** When what the sender was verified by ends: nobody promises for longer than that. */
function endOf(actor: Actor, { principal }: ActorNow): number {
  const shownUntil = actor.type === 'person' ? actor.shown?.expiresAt : undefined
  return shownUntil ?? principal?.expiresAt ?? Number.POSITIVE_INFINITY
}

/** Who asked, with nothing but what is checked again when the code is redeemed. */
function senderOf(actor: Actor): Actor {
  if (actor.type !== 'person' || actor.shown === undefined) return actor
  const { personId, shown } = actor
  if (shown.type === 'session') {
    const { type, sessionId, authenticatedAt, expiresAt } = shown
    return { type: 'person', personId, shown: { type, sessionId, authenticatedAt, expiresAt } }
  }
  const { type, issuer, subject, issuedAt, expiresAt } = shown
  return { type: 'person', personId, shown: { type, issuer, subject, issuedAt, expiresAt } }
}

interface Sending {
  readonly promised: PromisedKey
  readonly proven: ProvenKey
  readonly sender: Actor
  readonly createdBy: string
  readonly now: number
  readonly expiresAt: number
}

async function write(
  { random, pepper }: KeyDeps,
  writes: Writes,
  { promised, proven, sender, createdBy, now, expiresAt }: Sending,
): Promise<{ readonly ok: true; readonly pickup: Pickup; readonly code: string }> {
  const code = newPickupCode(random)
  const { holder, resource, mode } = proven
  const pickup = {
    id: newId('pku', now, random),
    request: promised,
    bound: { holder, resource, mode },
    sender,
    createdBy,
    createdAt: now,
    expiresAt,
    redeemedAt: null,
    revokedAt: null,
    keyId: null,
  }
  await writes.insertPickup(pickup, pickupCodeDigest(code, pepper), now - KEPT_MS)
  const { kind, name = null } = promised
  const data = { kind, name, expires_at: expiresAt }
  await appendPickup(writes, pickup, { type: 'pickup.created', at: now, data })
  return { ok: true, pickup, code: showPickupCode(code) }
}

async function recallPickup(writes: Writes, id: string): Promise<Outcome<CreatedPickup>> {
  const pickup = await writes.getPickup(id)
  return pickup === undefined ? pickupNotFound() : { ok: true, pickup, code: null }
}
