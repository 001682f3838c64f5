// The end of every login: in the transaction that consumes the code, a personal key is minted, and the key that the
// same program on the same machine had of the same person before is revoked, unless live keys were made with it: those would
// end with it, on machines that nobody spoke of.

import type { ActorNow } from '../key/actor.ts'
import type { KeyDeps } from '../key/deps.ts'
import type { Key } from '../key/key.ts'
import { mintWithin } from '../key/mint.ts'
import type { Outcome } from '../key/outcome.ts'
import { revokeWithin } from '../key/revoke.ts'
import { spaceOf } from '../person/person.ts'
import type { Writes } from '../ports/store.ts'
import { appendLogin } from './event.ts'
import type { Login, LoginClient } from './login.ts'
import { kindOf } from './scopes.ts'

/** What a login hands out. `secret` is shown in this answer only. */
export interface HandedOut {
  readonly key: Key
  readonly secret: string
}

interface HandOut {
  readonly login: Login
  readonly client: LoginClient
  readonly grant: 'authorization_code' | 'device_code'
  readonly personId: string
  readonly deviceName: string | null
  readonly scopes: readonly string[] | null
  /** Who approved, checked in this transaction. */
  readonly actor: ActorNow
  readonly now: number
}

export async function handOutKey(
  deps: KeyDeps,
  writes: Writes,
  given: HandOut,
): Promise<Outcome<HandedOut>> {
  const { login, client, grant, personId, deviceName, scopes, actor, now } = given
  const resource = spaceOf(personId)
  const name = deviceName ?? client.name
  const request = { kind: login.kind, resource, holder: resource, name }
  const minted = await mintWithin(deps, writes, {
    kind: kindOf(deps.definition, login.kind),
    request: scopes === null ? request : { ...request, scopes },
    actor,
    now,
  })
  if (!minted.ok) return minted
  const handed = { clientId: client.id, personId, deviceName }
  // A program that does not name its machine could be on any: then nothing is replaced.
  if (deviceName !== null) await revokeEarlier(writes, given, { ...handed, deviceName })
  await writes.insertLoginKey({ ...handed, keyId: minted.key.id })
  await appendLogin(writes, {
    type: 'login.completed',
    at: now,
    actor: actor.text,
    personId,
    keyId: minted.key.id,
    login: { ...handed, grant },
  })
  return minted
}

async function revokeEarlier(
  writes: Writes,
  { actor, now }: HandOut,
  alike: { readonly clientId: string; readonly personId: string; readonly deviceName: string },
): Promise<void> {
  for (const { keyId } of await writes.listLoginKeys(alike, now)) {
    const key = await writes.getKey(keyId)
    // The terminal that approves may be on the same machine; revoking its key, or one above it, would end the new one too.
    if (key === undefined || actor.line.includes(keyId)) continue
    await revokeWithin(writes, key, { by: actor.text, at: now })
  }
}
