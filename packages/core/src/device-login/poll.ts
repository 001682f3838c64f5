// A program asks whether its device login was decided (RFC 8628 sections 3.4 and 3.5), and redeems it once.

import { digestSecret, pepperDigest } from '@keywright/token'
import { actorOf, checkActor } from '../key/actor.ts'
import type { KeyDeps } from '../key/deps.ts'
import { findClient } from '../login/client.ts'
import type { HandedOut } from '../login/hand-out.ts'
import { handOutKey } from '../login/hand-out.ts'
import type { Login, LoginClient } from '../login/login.ts'
import type { OAuthOutcome, OAuthRefused } from '../login/refusal.ts'
import { oauthRefused } from '../login/refusal.ts'
import { forbiddingOrganization } from '../organization/device-login.ts'
import type { Writes } from '../ports/store.ts'
import type { DeviceLogin } from './device-login.ts'
import { POLL_SECONDS } from './device-login.ts'

/** A program that never waits is told to wait a minute at most. */
const INTERVAL_MAX_SECONDS = 60

/** The parameters as they came; what was left out is undefined. */
export interface PollRequest {
  readonly clientId?: string | undefined
  readonly deviceCode?: string | undefined
}

export async function pollDeviceLogin(
  deps: KeyDeps,
  request: PollRequest,
): Promise<OAuthOutcome<HandedOut>> {
  const found = findClient(deps.definition, request.clientId)
  if (!found.ok) return found
  const { login, client } = found
  const { deviceCode } = request
  if (deviceCode === undefined) return oauthRefused('invalid_request', 'Send device_code.')
  const digest = pepperDigest(digestSecret(deviceCode), deps.pepper)
  return deps.store.transact(async (writes) => {
    const now = deps.clock.now()
    const device = await writes.findDeviceLogin({ deviceCode: digest })
    if (device === undefined || device.clientId !== client.id || device.redeemedAt !== null) {
      const description = 'This device code is not valid for this client. Start the login again.'
      return oauthRefused('invalid_grant', description)
    }
    const waiting = checkDecided(device, now)
    if (waiting !== undefined && waiting.error !== 'authorization_pending') return waiting
    const early = await notePoll(writes, device, now)
    return early ?? waiting ?? redeem(deps, writes, { login, client, device, now })
  })
}

function checkDecided(device: DeviceLogin, now: number): OAuthRefused | undefined {
  if (device.decision === 'denied') return oauthRefused('access_denied', 'The login was denied.')
  if (now >= device.expiresAt) {
    return oauthRefused('expired_token', 'The codes have expired. Start the login again.')
  }
  if (device.decision === 'approved') return undefined
  return oauthRefused('authorization_pending', 'Nobody has decided yet. Ask again after interval.')
}

// Section 3.5: a question too early makes the interval longer, this time and from then on.
async function notePoll(
  writes: Writes,
  { id, polledAt, intervalSeconds }: DeviceLogin,
  now: number,
): Promise<OAuthRefused | undefined> {
  const isEarly = polledAt !== null && now < polledAt + intervalSeconds * 1000
  const longer = Math.min(intervalSeconds + POLL_SECONDS, INTERVAL_MAX_SECONDS)
  await writes.noteDevicePoll(id, { at: now, intervalSeconds: isEarly ? longer : intervalSeconds })
  if (!isEarly) return undefined
  return oauthRefused('slow_down', `Ask at most every ${longer} seconds.`)
}

interface Redeeming {
  readonly login: Login
  readonly client: LoginClient
  readonly device: DeviceLogin
  readonly now: number
}

async function redeem(
  deps: KeyDeps,
  writes: Writes,
  { login, client, device, now }: Redeeming,
): Promise<OAuthOutcome<HandedOut>> {
  const { id, personId, decidedBy, deviceName, scopes } = device
  if (personId === null || decidedBy === null || !(await writes.redeemDeviceLogin(id, now))) {
    return oauthRefused('access_denied', 'The login cannot be redeemed any more. Start it again.')
  }
  const check = { definition: deps.definition, reads: writes, now }
  const checked = await checkActor(check, actorOf(decidedBy), 'keys:write')
  if (!checked.ok) return noLonger(checked.detail)
  if ((await forbiddingOrganization(writes, personId)) !== undefined) {
    return noLonger('device logins were switched off.')
  }
  const approved = { actor: checked.actor, personId, deviceName, scopes }
  const grant = 'device_code'
  const handed = await handOutKey(deps, writes, { login, client, grant, ...approved, now })
  if (!handed.ok) return noLonger(handed.detail)
  await writes.nameDeviceKey(id, handed.key.id)
  return handed
}

function noLonger(why: string): OAuthRefused {
  return oauthRefused('access_denied', `The login was approved and cannot be any more: ${why}`)
}
