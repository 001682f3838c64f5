import { factsOf } from '../decide/facts.ts'
import type { Actor } from '../key/actor.ts'
import { canSee, checkActor } from '../key/actor.ts'
import type { KeyDeps } from '../key/deps.ts'
import { keyNotFound } from '../key/find-managed.ts'
import type { Outcome } from '../key/outcome.ts'
import { accountOf } from '../limit/account.ts'
import { periodEndsAt } from '../limit/quota.ts'
import type { QuotaAccount, QuotaStanding } from './usage.ts'

export interface ReadQuotasRequest {
  readonly keyId: string
  /** Units booked for this process and not spent yet. */
  readonly unspent: (account: QuotaAccount) => number
}

/** How the quotas that hold for a key stand this month. A key may always look at its own. */
export async function readQuotas(
  deps: KeyDeps,
  actor: Actor,
  { keyId, unspent }: ReadQuotasRequest,
): Promise<Outcome<{ readonly quotas: readonly QuotaStanding[] }>> {
  const { definition, clock } = deps
  const { reads } = deps.store
  const now = clock.now()
  const isOwn = actor.type === 'key' && actor.keyId === keyId
  const checked = await checkActor(
    { definition, reads, now },
    actor,
    isOwn ? undefined : 'keys:usage',
  )
  if (!checked.ok) return checked
  const key = await reads.getKey(keyId)
  if (key === undefined || !canSee(checked.actor, key)) return keyNotFound()
  const { snapshot, seq } = await reads.findById(keyId)
  const facts = snapshot && factsOf(definition, { snapshot, seq }, (_, make) => make())
  const quotas: QuotaStanding[] = []
  for (const rule of facts?.shared.limits.quotas ?? []) {
    const account = accountOf(rule, facts as NonNullable<typeof facts>, now)
    const { granted } = await reads.quotaAccount(account)
    const used = Math.max(0, granted - unspent(account))
    quotas.push({
      name: rule.name,
      subject: account.subject,
      mode: facts?.shared.mode ?? null,
      period: account.period,
      limit: rule.units,
      used,
      remaining: Math.max(0, rule.units - used),
      periodEndsAt: periodEndsAt(account.period),
    })
  }
  return { ok: true, quotas }
}
