// Quotas as a process holds them: units of blocks that the ledger has booked for it. Spending is a subtraction in
// memory; only an empty block costs a transaction. What is held here and not spent is given back at a clean stop.

import type { Clock, KeyFacts, Ledger, LimitState, QuotaAccount, QuotaRule } from '@keywright/core'
import { accountOf, periodEndsAt } from '@keywright/core'

/** How long "nothing left" is believed without asking the ledger again. */
const EXHAUSTED_BELIEF_MS = 1000
const ACCOUNTS_MAX = 100_000
const ACCOUNTS_FORGOTTEN = 1000

interface Held {
  readonly account: QuotaAccount
  readonly limit: number
  /** Booked and not spent. */
  units: number
  /** What the ledger could still give when it was last asked. */
  left: number
  /** Monotonic time of that. */
  askedAt: number
  /** A block on its way. */
  grant: Promise<void> | undefined
}

/** What a quota says to a call: take it, ask again after `more()`, or no. */
export type QuotaView =
  | { readonly answer: 'ready'; readonly held: Held }
  | { readonly answer: 'ask'; readonly held: Held }
  | { readonly answer: 'exhausted'; readonly held: Held }

/** What a quota would say to a call. */
export interface QuotaLook {
  readonly isEnough: boolean
  readonly state: LimitState
}

export class Quotas {
  readonly #ledger: Ledger
  readonly #clock: Clock
  readonly #held = new Map<string, Held>()

  constructor(ledger: Ledger, clock: Clock) {
    this.#ledger = ledger
    this.#clock = clock
  }

  view(rule: QuotaRule, facts: KeyFacts, cost: number): QuotaView {
    const held = this.#find(rule, facts)
    if (held.units >= cost) return { answer: 'ready', held }
    const isBelieved = this.#clock.monotonic() - held.askedAt < EXHAUSTED_BELIEF_MS
    if (isBelieved && held.units + held.left < cost) return { answer: 'exhausted', held }
    return { answer: 'ask', held }
  }

  /** How a quota would answer a call of this cost; nothing is booked or spent. @throws StoreUnavailable */
  async look(rule: QuotaRule, facts: KeyFacts, cost: number): Promise<QuotaLook> {
    const { held } = this.view(rule, facts, cost)
    const state = quotaState(held, this.#clock.now())
    if (held.units >= cost) return { isEnough: true, state }
    const remaining = held.units + (await this.#ledger.left(held.account, held.limit))
    return { isEnough: remaining >= cost, state: { ...state, remaining } }
  }

  /** Spends units that `view` found ready. */
  spend(held: Held, cost: number): void {
    held.units -= cost
  }

  /** Asks the ledger for a block that covers the cost; callers of one account share one request. @throws StoreUnavailable */
  async more(held: Held, cost: number): Promise<void> {
    held.grant ??= this.#ask(held, cost).finally(() => {
      held.grant = undefined
    })
    await held.grant
  }

  async #ask(held: Held, cost: number): Promise<void> {
    const ask = { needed: cost - held.units, limit: held.limit }
    const { granted, left } = await this.#ledger.grant(held.account, ask)
    held.units += granted
    held.left = left
    held.askedAt = this.#clock.monotonic()
  }

  /** Units held for an account and not spent: booked in the ledger, but unused. */
  unspent(account: QuotaAccount): number {
    return this.#held.get(nameOf(account))?.units ?? 0
  }

  /** Gives everything back that was not spent; for a clean stop. */
  async giveBack(): Promise<void> {
    for (const held of this.#held.values()) {
      const { units } = held
      held.units = 0
      if (units > 0) await this.#ledger.giveBack(held.account, units)
    }
    this.#held.clear()
  }

  #find(rule: QuotaRule, facts: KeyFacts): Held {
    const account = accountOf(rule, facts, this.#clock.now())
    const name = nameOf(account)
    const found = this.#held.get(name)
    if (found !== undefined) return found
    if (this.#held.size >= ACCOUNTS_MAX) this.#forgetOldest(account.period)
    const fresh: Held = {
      account,
      limit: rule.units,
      units: 0,
      left: 0,
      askedAt: Number.NEGATIVE_INFINITY,
      grant: undefined,
    }
    this.#held.set(name, fresh)
    return fresh
  }

  // Many at once, so that the next insertions find room. What cannot be given back is burnt: under-use, never over-use.
  #forgetOldest(period: string): void {
    let left = ACCOUNTS_FORGOTTEN
    for (const [name, held] of this.#held) {
      if (left === 0) return
      if (held.grant !== undefined) continue
      left -= 1
      this.#held.delete(name)
      if (held.units === 0 || held.account.period !== period) continue
      this.#ledger.giveBack(held.account, held.units).catch(() => {})
      held.units = 0
    }
  }
}

function nameOf({ quota, subject, mode, period }: QuotaAccount): string {
  return `${period} ${mode} ${quota} ${subject}`
}

/** A quota as callers see it. */
export function quotaState(held: Held, nowMs: number): LimitState {
  const { quota: name, period } = held.account
  const [year, month] = period.split('-').map(Number) as [number, number]
  const endsAt = periodEndsAt(period)
  return {
    name,
    limit: held.limit,
    remaining: held.units + held.left,
    resetSeconds: Math.max(1, Math.ceil((endsAt - nowMs) / 1000)),
    windowSeconds: (endsAt - Date.UTC(year, month - 1, 1)) / 1000,
  }
}
