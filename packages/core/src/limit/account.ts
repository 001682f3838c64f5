import type { QuotaRule } from '../definition/definition.ts'
import type { KeyFacts } from '../decide/facts.ts'
import type { QuotaAccount } from '../usage/usage.ts'
import { periodOf } from './quota.ts'

/** Whose limit it is: the key's own, or that of the first parts of its resource name, shared by all keys below. */
export function subjectOf(facts: KeyFacts, sharedDepth: number): string {
  if (sharedDepth === 0) return facts.id
  // A person's limits are the person's, wherever a key of theirs is bound.
  const resource = facts.holder ?? facts.resource
  let end = -1
  for (let part = 0; part < sharedDepth; part += 1) {
    end = resource.indexOf('/', end + 1)
    if (end === -1) return resource
  }
  return resource.slice(0, end)
}

/** The account that a key's units are booked on at a moment. */
export function accountOf(rule: QuotaRule, facts: KeyFacts, nowMs: number): QuotaAccount {
  return {
    quota: rule.name,
    subject: subjectOf(facts, rule.sharedDepth),
    mode: facts.shared.mode ?? '',
    period: periodOf(nowMs),
  }
}
