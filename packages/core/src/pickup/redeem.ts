// The other machine redeems the code, without any credential. Of many who try at once one gets the key, and the others
// end it: a code that comes a second time was read by somebody else, so the key that it made ends, as with logins.

import { checkActor } from '../key/actor.ts'
import type { KeyDeps } from '../key/deps.ts'
import type { Key } from '../key/key.ts'
import { kindOfRequest, mintWithin } from '../key/mint.ts'
import type { ChangeRefused, Outcome } from '../key/outcome.ts'
import { refused } from '../key/outcome.ts'
import { revokeWithin } from '../key/revoke.ts'
import { cleanDeviceName } from '../login/device-name.ts'
import type { Writes } from '../ports/store.ts'
import { noteAsLogin } from './as-login.ts'
import { pickupCodeDigest, readPickupCode } from './code.ts'
import { appendPickup } from './event.ts'
import { noSuchCode } from './not-found.ts'
import type { Pickup } from './pickup.ts'

export interface RedeemPickupRequest {
  /** As somebody typed it. */
  readonly code: string
  /** What the machine is called, as `user@host`; the key's name where the sender gave none. */
  readonly deviceName?: string | undefined
  /** The program that people log in with, where it is one that the definition names. */
  readonly clientId?: string | undefined
  /** The address it comes from, for the events. */
  readonly network?: string | undefined
}

/** `secret` is the plaintext, shown here only. */
export interface PickedUp {
  readonly key: Key
  readonly secret: string
}

export async function redeemPickup(
  deps: KeyDeps,
  request: RedeemPickupRequest,
): Promise<Outcome<PickedUp>> {
  const code = readPickupCode(request.code)
  if (code === undefined) return noSuchCode()
  const digest = pickupCodeDigest(code, deps.pepper)
  const { clientId, network = null } = request
  const deviceName = cleanDeviceName(request.deviceName)
  return deps.store.transact(async (writes) => {
    const now = deps.clock.now()
    const pickup = await writes.redeemPickup(digest, now)
    if (pickup === undefined) {
      await endReplayed(writes, await writes.findPickup(digest), { now, network })
      return noSuchCode()
    }
    const made = await make(deps, writes, { pickup, deviceName, now })
    if (!made.ok) return noLonger(writes, pickup, { made, now })
    await writes.namePickupKey(pickup.id, made.key.id)
    await noteAsLogin(deps.definition, writes, { key: made.key, clientId, deviceName })
    await appendPickup(writes, pickup, {
      type: 'pickup.redeemed',
      at: now,
      keyId: made.key.id,
      data: { device_name: deviceName, network },
    })
    return made
  })
}

interface Making {
  readonly pickup: Pickup
  readonly deviceName: string | null
  readonly now: number
}

/** As minting by the sender would be at this moment: their standing, roles and scopes are those of now. */
async function make(
  deps: KeyDeps,
  writes: Writes,
  { pickup: { request, sender }, deviceName, now }: Making,
): Promise<Outcome<PickedUp>> {
  const { definition } = deps
  const known = kindOfRequest(definition, request)
  if (!known.ok) return known
  const checked = await checkActor({ definition, reads: writes, now }, sender, 'keys:write')
  if (!checked.ok) return checked
  const name = request.name ?? deviceName ?? undefined
  const plan = { kind: known.kind, request: { ...request, name }, actor: checked.actor, now }
  return mintWithin(deps, writes, plan)
}

/** The code is spent all the same; the sender finds the reason in the events. */
async function noLonger(
  writes: Writes,
  pickup: Pickup,
  { made, now }: { readonly made: ChangeRefused; readonly now: number },
): Promise<ChangeRefused> {
  await appendPickup(writes, pickup, {
    type: 'pickup.refused',
    at: now,
    data: { code: made.code },
  })
  const detail = `Who sent this code cannot make its key any more: ${made.detail} Ask for a new code.`
  return refused('pickup_ended', detail)
}

async function endReplayed(
  writes: Writes,
  pickup: Pickup | undefined,
  { now, network }: { readonly now: number; readonly network: string | null },
): Promise<void> {
  const keyId = pickup?.keyId ?? null
  const key = keyId === null ? undefined : await writes.getKey(keyId)
  if (pickup === undefined || key === undefined || key.revokedAt !== null) return
  await appendPickup(writes, pickup, {
    type: 'pickup.replayed',
    at: now,
    keyId: key.id,
    data: { network },
  })
  await revokeWithin(writes, key, { by: pickup.createdBy, at: now })
}
