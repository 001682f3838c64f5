// A program redeems its code (RFC 6749 section 4.1.3). Of many who try at once one gets a key; a code that comes a
// second time has leaked, so the key that it made ends (section 4.1.2).

import { digestSecret, pepperDigest } from '@keywright/token'
import { checkActor } from '../key/actor.ts'
import type { KeyDeps } from '../key/deps.ts'
import { revokeWithin } from '../key/revoke.ts'
import { spaceOf } from '../person/person.ts'
import type { Writes } from '../ports/store.ts'
import { findClient } from './client.ts'
import { isVerifierOf } from './code-challenge.ts'
import { appendLogin } from './event.ts'
import type { HandedOut } from './hand-out.ts'
import { handOutKey } from './hand-out.ts'
import type { LoginCode } from './login.ts'
import type { OAuthOutcome, OAuthRefused } from './refusal.ts'
import { oauthRefused } from './refusal.ts'

/** The parameters as they came; what was left out is undefined. */
export interface RedeemRequest {
  readonly clientId?: string | undefined
  readonly code?: string | undefined
  readonly redirectUri?: string | undefined
  readonly codeVerifier?: string | undefined
}

export async function redeemLogin(
  deps: KeyDeps,
  request: RedeemRequest,
): Promise<OAuthOutcome<HandedOut>> {
  const { definition } = deps
  const found = findClient(definition, request.clientId)
  if (!found.ok) return found
  const { login, client } = found
  const { code, redirectUri, codeVerifier } = request
  if (code === undefined || redirectUri === undefined || codeVerifier === undefined) {
    return oauthRefused('invalid_request', 'Send code, redirect_uri and code_verifier.')
  }
  const digest = pepperDigest(digestSecret(code), deps.pepper)
  return deps.store.transact(async (writes) => {
    const now = deps.clock.now()
    const stored = await writes.findLoginCode(digest)
    if (stored === undefined) return noSuchCode()
    if (stored.redeemedAt !== null) return endReplayed(writes, stored, now)
    const isBound =
      stored.clientId === client.id &&
      stored.redirectUri === redirectUri &&
      isVerifierOf(stored.codeChallenge, codeVerifier)
    if (!isBound || !(await writes.redeemLoginCode(digest, now))) return noSuchCode()
    const { personId, deviceName, scopes } = stored
    const person = { type: 'person', personId } as const
    const checked = await checkActor({ definition, reads: writes, now }, person, 'keys:write')
    if (!checked.ok) return noLonger(checked.detail)
    const approved = { actor: checked.actor, personId, deviceName, scopes }
    const grant = 'authorization_code'
    const handed = await handOutKey(deps, writes, { login, client, grant, ...approved, now })
    if (!handed.ok) return noLonger(handed.detail)
    await writes.nameLoginCodeKey(digest, handed.key.id)
    return handed
  })
}

async function endReplayed(
  writes: Writes,
  { clientId, personId, deviceName, keyId }: LoginCode,
  now: number,
): Promise<OAuthRefused> {
  const key = keyId === null ? undefined : await writes.getKey(keyId)
  if (key !== undefined && key.revokedAt === null) {
    const grant = 'authorization_code'
    const step = { at: now, actor: spaceOf(personId), personId, keyId }
    await appendLogin(writes, {
      type: 'login.replayed',
      ...step,
      login: { clientId, deviceName, grant },
    })
    await revokeWithin(writes, key, { by: spaceOf(personId), at: now })
  }
  return noSuchCode()
}

/** The one answer for a code that is unknown, over, used, or somebody else's. */
function noSuchCode(): OAuthRefused {
  const description =
    'This code is not valid for this client, redirect_uri and code_verifier. Log in again.'
  return oauthRefused('invalid_grant', description)
}

/** Who approved may not any more what they could then. */
function noLonger(why: string): OAuthRefused {
  return oauthRefused('invalid_grant', `The login was approved and cannot be any more: ${why}`)
}
