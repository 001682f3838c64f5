// A person who is signed in answers an authorization request. Approving makes a code that lives a minute, is bound to
// what was asked, and is worth nothing without the program's verifier.

import { checkActor } from '../key/actor.ts'
import type { KeyDeps } from '../key/deps.ts'
import type { Outcome } from '../key/outcome.ts'
import { refused } from '../key/outcome.ts'
import { spaceOf } from '../person/person.ts'
import type { Writes } from '../ports/store.ts'
import { issueSecret } from '../secret/issue.ts'
import type { AuthorizationRequest } from './authorize.ts'
import { appendLogin } from './event.ts'
import { cutToApprover } from './scopes.ts'

/** How a code begins. */
const CODE_HEAD = 'login_code'
/** One minute: the program waits for it and redeems it at once (ASVS 10.4.3). */
const CODE_LIFE_MS = 60_000
/** A code that comes back within a day still ends its key. */
const KEPT_MS = 86_400_000

/** @returns the code for the redirect, in this answer only */
export async function approveLogin(
  deps: KeyDeps,
  personId: string,
  request: AuthorizationRequest,
): Promise<Outcome<{ readonly code: string }>> {
  const { definition, random, pepper } = deps
  return deps.store.transact(async (writes) => {
    const now = deps.clock.now()
    const actor = { type: 'person', personId } as const
    const checked = await checkActor({ definition, reads: writes, now }, actor, 'keys:write')
    if (!checked.ok) return checked
    const { principal } = checked.actor
    const scopes = principal && cutToApprover(definition, request.scopes, principal)
    if (scopes === undefined) return nothingToGive()
    const code = issueSecret(CODE_HEAD, random, pepper)
    const { client, redirectUri, codeChallenge, deviceName } = request
    await writes.insertLoginCode(
      {
        clientId: client.id,
        redirectUri,
        codeChallenge,
        personId,
        deviceName,
        scopes,
        createdAt: now,
        expiresAt: now + CODE_LIFE_MS,
        redeemedAt: null,
        keyId: null,
      },
      code.digest,
      now - KEPT_MS,
    )
    await noteDecision(writes, 'login.approved', { personId, request, now })
    return { ok: true, code: code.plaintext }
  })
}

/** Writes down that a person said no. */
export async function denyLogin(
  deps: KeyDeps,
  personId: string,
  request: AuthorizationRequest,
): Promise<Outcome<object>> {
  const { definition } = deps
  return deps.store.transact(async (writes) => {
    const now = deps.clock.now()
    const actor = { type: 'person', personId } as const
    const checked = await checkActor({ definition, reads: writes, now }, actor, undefined)
    if (!checked.ok) return checked
    await noteDecision(writes, 'login.denied', { personId, request, now })
    return { ok: true }
  })
}

/** The refusal where a person has nothing of what a program asks for. */
export function nothingToGive() {
  return refused('exceeds_parent', 'You have none of the permissions that this program asks for.')
}

async function noteDecision(
  writes: Writes,
  type: 'login.approved' | 'login.denied',
  by: { readonly personId: string; readonly request: AuthorizationRequest; readonly now: number },
): Promise<void> {
  const { personId, request, now } = by
  const { client, deviceName } = request
  await appendLogin(writes, {
    type,
    at: now,
    actor: spaceOf(personId),
    personId,
    login: { clientId: client.id, deviceName, grant: 'authorization_code' },
  })
}
