// Why a key is allowed or refused, told to who owns it. The terms are those of the verdict itself, asked one by one, so
// the two cannot disagree. Nothing is counted, charged or changed.

import { digestSecret, pepperDigest, readSecret } from '@keywright/token'
import type { Ask, Refused } from '../decide/decision.ts'
import type { KeyFacts } from '../decide/facts.ts'
import { factsOf } from '../decide/facts.ts'
import type { Actor } from '../key/actor.ts'
import { checkActor } from '../key/actor.ts'
import type { KeyDeps } from '../key/deps.ts'
import { keyNotFound } from '../key/find-managed.ts'
import type { Outcome } from '../key/outcome.ts'
import { showKey } from '../key/show.ts'
import type { SecretRead } from '../ports/store.ts'
import type { ExplainedTerm, Explanation } from './explanation.ts'
import { explanationOf, failed } from './explanation.ts'
import { explainMode, explainPlace, explainScope } from './fix-permission.ts'
import type { Explained } from './fix-standing.ts'
import { explainStanding } from './fix-standing.ts'

/** A key by its id, which means its current secret, or one secret of it; and what is asked of it. */
export type ExplainRequest = Ask &
  ({ readonly keyId: string } | { readonly keyId?: undefined; readonly credential: string })

/** Whether the limits of a key would refuse one call now; nothing is taken. @throws StoreUnavailable */
export type LookAtLimits = (facts: KeyFacts) => Promise<Refused | undefined>

const GENUINE: ExplainedTerm = { term: 'genuine', verdict: 'holds' }

/**
 * Explains a key to itself, to its person, and to whoever has `keys:read` over it. To anybody else a key that is there
 * is answered like one that is not, also when they present its secret: finding one gives no look behind it.
 */
export async function explainKey(
  deps: KeyDeps,
  actor: Actor,
  request: ExplainRequest & { readonly look: LookAtLimits },
): Promise<Outcome<{ readonly explanation: Explanation }>> {
  const { definition, clock } = deps
  if (request.keyId === undefined && !isSecret(deps, request.credential)) {
    const check = { definition, reads: deps.store.reads, now: clock.now() }
    const checked = await checkActor(check, actor, undefined)
    return checked.ok ? { ok: true, explanation: explanationOf(null, [noSecret()]) } : checked
  }
  const { snapshot, seq } = await findIt(deps, request)
  const seen = await showKey(deps, actor, snapshot?.id ?? '')
  if (!seen.ok) return seen
  if (snapshot === undefined) return keyNotFound()
  const facts = factsOf(definition, { snapshot, seq }, (_, make) => make())
  if (facts === undefined) {
    return { ok: true, explanation: explanationOf(snapshot.id, [noKind(snapshot.kind)]) }
  }
  const explained: Explained = { facts, snapshot, now: clock.now() }
  const terms = [
    GENUINE,
    explainStanding(explained),
    explainMode(explained, request),
    explainScope(definition, explained, request),
    ...explainPlace(definition, explained, request),
    explainLimits(facts, await request.look(facts)),
  ]
  return { ok: true, explanation: explanationOf(snapshot.id, terms) }
}

function isSecret({ definition }: KeyDeps, credential: string): boolean {
  const head = readSecret(credential)?.head
  return head !== undefined && definition.heads.has(head)
}

function findIt({ store, pepper }: KeyDeps, request: ExplainRequest): Promise<SecretRead> {
  if (request.keyId !== undefined) return store.reads.findById(request.keyId)
  return store.reads.findBySecret(pepperDigest(digestSecret(request.credential), pepper))
}

function noSecret(): ExplainedTerm {
  const detail = 'This is no secret of ours: its prefix, its length or its checksum is wrong.'
  const fix = 'Copy it whole, from where it was shown, without quotes or spaces.'
  return failed('genuine', { code: 'invalid_key', detail }, fix)
}

function noKind(kind: string): ExplainedTerm {
  const detail = `The definition no longer has keys of kind ${kind}, or not of this mode.`
  const fix = 'Put the kind and mode back into the definition, or mint a key of another kind.'
  return failed('genuine', { code: 'invalid_key', detail }, fix)
}

function explainLimits({ shared }: KeyFacts, refusal: Refused | undefined): ExplainedTerm {
  const { rates, quotas } = shared.limits
  if (refusal === undefined) {
    const isLimited = rates.length + quotas.length > 0
    return { term: 'limits', verdict: isLimited ? 'holds' : 'not_asked' }
  }
  const fix =
    refusal.code === 'rate_limited'
      ? `Wait ${refusal.retryAfterSeconds} s, then go on more slowly.`
      : 'Wait for the next month (UTC), or have the quota raised in the definition.'
  return failed('limits', refusal, fix)
}
