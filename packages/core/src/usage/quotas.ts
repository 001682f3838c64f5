import type { KeyFacts } from '../decide/facts.ts'
import { factsOf } from '../decide/facts.ts'
import { personFactsOf } from '../decide/person-facts.ts'
import type { Actor } from '../key/actor.ts'
import { canSee, checkActor } from '../key/actor.ts'
import type { KeyDeps } from '../key/deps.ts'
import { keyNotFound } from '../key/find-managed.ts'
import type { Outcome } from '../key/outcome.ts'
import { accountOf } from '../limit/account.ts'
import { periodEndsAt } from '../limit/quota.ts'
import type { QuotaAccount, QuotaStanding } from './usage.ts'

export interface ReadQuotasRequest {
  /** Default: of who asks. */
  readonly keyId?: string | undefined
  /** Units booked for this process and not spent yet. */
  readonly unspent: (account: QuotaAccount) => number
}

/** How the quotas that hold for a key, or for a person without one, stand this month. One's own can always be seen. */
export async function readQuotas(
  deps: KeyDeps,
  actor: Actor,
  request: ReadQuotasRequest,
): Promise<Outcome<{ readonly quotas: readonly QuotaStanding[] }>> {
  const { definition, clock } = deps
  const { reads } = deps.store
  const now = clock.now()
  const ownId = actor.type === 'key' ? actor.keyId : undefined
  const { keyId = ownId, unspent } = request
  const isOwn = keyId === ownId
  const check = { definition, reads, now }
  const checked = await checkActor(check, actor, isOwn ? undefined : 'keys:usage')
  if (!checked.ok) return checked
  if (keyId === undefined) {
    const facts = actor.type === 'person' ? await factsOfPerson(deps, actor.personId) : []
    return { ok: true, quotas: await standingOf(deps, facts, { now, unspent }) }
  }
  const key = await reads.getKey(keyId)
  if (key === undefined || !canSee(checked.actor, key)) return keyNotFound()
  const { snapshot, seq } = await reads.findById(keyId)
  const facts = snapshot && factsOf(definition, { snapshot, seq }, (_, make) => make())
  const all = facts === undefined ? [] : [facts]
  return { ok: true, quotas: await standingOf(deps, all, { now, unspent }) }
}

// A person acts in each mode, with limits of each.
async function factsOfPerson({ definition, store }: KeyDeps, id: string): Promise<KeyFacts[]> {
  const { seq, person } = await store.reads.readPerson(id)
  if (person === undefined) return []
  const snapshot = { ...person, seq, watched: [] }
  return [null, ...definition.modes].map((mode) => personFactsOf(definition, snapshot, mode))
}

async function standingOf(
  { store }: KeyDeps,
  all: readonly KeyFacts[],
  at: { readonly now: number; readonly unspent: ReadQuotasRequest['unspent'] },
): Promise<QuotaStanding[]> {
  const quotas: QuotaStanding[] = []
  const rules = all.flatMap((facts) => facts.shared.limits.quotas.map((rule) => ({ facts, rule })))
  for (const { facts, rule } of rules) {
    const account = accountOf(rule, facts, at.now)
    const { granted } = await store.reads.quotaAccount(account)
    const used = Math.max(0, granted - at.unspent(account))
    quotas.push({
      name: rule.name,
      subject: account.subject,
      mode: facts.shared.mode,
      period: account.period,
      limit: rule.units,
      used,
      remaining: Math.max(0, rule.units - used),
      periodEndsAt: periodEndsAt(account.period),
    })
  }
  return quotas
}
