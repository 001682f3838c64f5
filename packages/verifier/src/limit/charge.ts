// Takes a call from every limit that holds for a key, or from none: all rates and quotas are looked at first, and
// only when each of them admits the call is anything taken. Looking and taking happen in one turn of the event loop,
// so parallel calls cannot slip between. When a quota's block is empty the ledger is asked and everything is looked
// at again, because the world moved on meanwhile.

import type { Clock, KeyFacts, LimitState, RateRule, Refused } from '@keywright/core'
import type { QuotaView, Quotas } from './quotas.ts'
import { quotaState } from './quotas.ts'
import type { RateView, Rates } from './rates.ts'
import { rateState } from './rates.ts'

/** What was taken: the limit nearest to refusing, where there is one, or the refusal. */
export type Charge = Refused | { readonly allowed: true; readonly limit: LimitState | undefined }

export interface ChargeAsk {
  readonly facts: KeyFacts
  /** Units to take from quotas. */
  readonly cost: number
}

/**
 * A bound on asking again; each round either gets units or learns that there are none. Blocks shrink with what is
 * left, so the last of many parallel calls waits for dozens of them.
 */
const ROUNDS_MAX = 200

const UNLIMITED: Charge = { allowed: true, limit: undefined }

export class Charger {
  readonly #rates: Rates
  readonly #quotas: Quotas
  readonly #clock: Clock

  constructor(rates: Rates, quotas: Quotas, clock: Clock) {
    this.#rates = rates
    this.#quotas = quotas
    this.#clock = clock
  }

  /** Decides at once where it can; undefined when the ledger has to be asked first. */
  tryCharge(ask: ChargeAsk): Charge | undefined {
    const { limits } = ask.facts.shared
    if (limits.rates.length === 0 && limits.quotas.length === 0) return UNLIMITED
    const [rule] = limits.rates
    if (rule !== undefined && limits.rates.length === 1 && limits.quotas.length === 0) {
      return this.#chargeRate(ask, rule)
    }
    const outcome = this.#look(ask)
    return isWaiting(outcome) ? undefined : outcome
  }

  /** Decides, asking the ledger for blocks as needed. @throws StoreUnavailable */
  async charge(ask: ChargeAsk): Promise<Charge> {
    for (let round = 0; round < ROUNDS_MAX; round += 1) {
      const outcome = this.#look(ask)
      if (!isWaiting(outcome)) return outcome
      for (const view of outcome) await this.#quotas.more(view.held, ask.cost)
    }
    const detail = 'The quota is contended so much that it cannot be decided now. Try again.'
    return { allowed: false, code: 'unavailable', detail, keyId: ask.facts.id }
  }

  /** How all limits would answer now: the refusal, or undefined when they would admit it. Nothing is taken. */
  async look({ facts, cost }: ChargeAsk): Promise<Refused | undefined> {
    const { rates, quotas } = facts.shared.limits
    const nowNs = Math.floor(this.#clock.monotonic() * 1e6)
    const limited = rates
      .map((rule) => this.#rates.view(rule, facts, nowNs))
      .find((view) => !view.verdict.admitted)
    if (limited !== undefined) return rateRefusal(facts, limited, nowNs)
    for (const rule of quotas) {
      const { isEnough, state } = await this.#quotas.look(rule, facts, cost)
      if (!isEnough) return quotaRefusal(facts, state)
    }
    return undefined
  }

  /** The same as `#look` for the most common set of limits, one rate, without its lists. */
  #chargeRate({ facts }: ChargeAsk, rule: RateRule): Charge {
    const nowNs = Math.floor(this.#clock.monotonic() * 1e6)
    const view = this.#rates.view(rule, facts, nowNs)
    if (!view.verdict.admitted) return rateRefusal(facts, view, nowNs)
    this.#rates.take(view)
    return { allowed: true, limit: rateState(view, nowNs) }
  }

  /** The verdict, taken when it is yes; or the quotas whose blocks are empty. */
  #look(ask: ChargeAsk): Charge | readonly QuotaView[] {
    const { facts, cost } = ask
    const { limits } = facts.shared
    const nowNs = Math.floor(this.#clock.monotonic() * 1e6)
    const rates = limits.rates.map((rule) => this.#rates.view(rule, facts, nowNs))
    const limited = rates.find((view) => !view.verdict.admitted)
    if (limited !== undefined) return rateRefusal(facts, limited, nowNs)
    const quotas =
      cost === 0 ? [] : limits.quotas.map((rule) => this.#quotas.view(rule, facts, cost))
    const nowMs = this.#clock.now()
    const exhausted = quotas.find((view) => view.answer === 'exhausted')
    if (exhausted !== undefined) return quotaRefusal(facts, quotaState(exhausted.held, nowMs))
    const empty = quotas.filter((view) => view.answer === 'ask')
    if (empty.length > 0) return empty
    for (const view of rates) this.#rates.take(view)
    for (const view of quotas) this.#quotas.spend(view.held, cost)
    const states = [
      ...rates.map((view) => rateState(view, nowNs)),
      ...quotas.map((view) => quotaState(view.held, nowMs)),
    ]
    return { allowed: true, limit: nearest(states) }
  }
}

function isWaiting(outcome: Charge | readonly QuotaView[]): outcome is readonly QuotaView[] {
  return Array.isArray(outcome)
}

function rateRefusal(facts: KeyFacts, view: RateView, nowNs: number): Refused {
  const seconds = Math.max(1, Math.ceil(view.verdict.retryNs / 1e9))
  const { count, periodMs } = view.rule
  const per = periodMs === 1000 ? 'a second' : `in ${periodMs / 1000} seconds`
  return {
    allowed: false,
    code: 'rate_limited',
    detail: `More than ${count} requests ${per}. Wait ${seconds} s, then go on more slowly.`,
    keyId: facts.id,
    retryAfterSeconds: seconds,
    limit: rateState(view, nowNs),
  }
}

function quotaRefusal(facts: KeyFacts, limit: LimitState): Refused {
  return {
    allowed: false,
    code: 'quota_exhausted',
    detail: `The month's quota of ${limit.limit} is used up. It starts anew with the next month (UTC).`,
    keyId: facts.id,
    retryAfterSeconds: limit.resetSeconds,
    limit,
  }
}

function nearest(states: readonly LimitState[]): LimitState | undefined {
  let found = states[0]
  for (const state of states) {
    if (found !== undefined && state.remaining / state.limit < found.remaining / found.limit)
      found = state
  }
  return found
}
