// Keys that are sent: a code on one machine, the key on another. Codes are secrets to the canary scan.

import type { CreatedPickup, Outcome, PickedUp } from '@keywright/core'
import type { Authority } from 'keywright'
import { rememberSecret } from '../../../../tools/canary/registry.ts'

/** The code of a pick-up that must have been made. */
export async function codeIn(answer: Promise<Outcome<CreatedPickup>>): Promise<string> {
  const outcome = await answer
  if (!outcome.ok) throw new Error(`refused as ${outcome.code}: ${outcome.detail}`)
  if (outcome.code === null) throw new Error('the answer is a repeat and shows no code')
  rememberSecret(outcome.code)
  return outcome.code
}

/** What another machine gets for a code. */
export async function pickUp(
  { pickups }: { readonly pickups: Pick<Authority['pickups'], 'redeem'> },
  code: string,
  deviceName?: string,
): Promise<Outcome<PickedUp>> {
  const outcome = await pickups.redeem({ code, deviceName, network: '192.0.2.7' })
  if (outcome.ok) rememberSecret(outcome.secret)
  return outcome
}
