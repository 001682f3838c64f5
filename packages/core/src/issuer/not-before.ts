// A time before which an issuer's tokens do not count: for when its keys were stolen, or one person's tokens were. There is
// one for all of an issuer and one for each subject; where both are set the later one counts.

import type { Identity } from '../identity/identity.ts'
import { checkIdentity } from '../identity/join.ts'
import type { Actor } from '../key/actor.ts'
import { actorText } from '../key/actor.ts'
import type { KeyDeps } from '../key/deps.ts'
import type { Outcome } from '../key/outcome.ts'
import { refused } from '../key/outcome.ts'
import { spaceOf } from '../person/person.ts'
import type { Writes } from '../ports/store.ts'
import { issuerName } from './issuer.ts'

export interface NotBeforeRequest {
  /** An `iss` of the definition. */
  readonly issuer: string
  /** Only tokens of this `sub`; default: all of the issuer. */
  readonly subject?: string | undefined
  /** Tokens that were issued earlier (`iat`) are refused, epoch milliseconds; default: now. Null ends the refusal. */
  readonly at?: number | null | undefined
}

/** Refuses tokens that were issued before a time. Answers when no cache of this process can still say yes. */
export async function setNotBefore(
  deps: KeyDeps,
  actor: Actor & { readonly type: 'operator' },
  { issuer, subject, at = deps.clock.now() }: NotBeforeRequest,
): Promise<Outcome<{ readonly notBefore: number | null }>> {
  if (!deps.definition.issuers.has(issuer)) {
    return refused('unknown_issuer', 'The definition names no such issuer. Give its exact iss.')
  }
  const unfit = subject === undefined ? undefined : checkIdentity({ issuer, subject })
  if (unfit !== undefined) return unfit
  return deps.store.transact(async (writes) => {
    const person = subject === undefined ? undefined : await personOf(writes, { issuer, subject })
    await writes.setNotBefore({ issuer, subject: subject ?? null, at })
    await writes.append({
      type: 'issuer.not_before',
      at: deps.clock.now(),
      actor: actorText(actor),
      keyId: null,
      resource: person ?? issuerName(issuer),
      mode: null,
      ...(person === undefined ? {} : { person }),
      data: { issuer, subject: subject ?? null, not_before: at },
    })
    return { ok: true, notBefore: at }
  })
}

// Somebody who is nobody's person yet is looked up anew at each token: there is nothing to forget.
async function personOf(writes: Writes, identity: Identity): Promise<string | undefined> {
  const known = await writes.findIdentity(identity)
  return known && spaceOf(known.personId)
}
