import type { Store } from '../ports/store.ts'
import type { QuotaAccount } from '../usage/usage.ts'
import { blockSize } from './quota.ts'

/** What came of asking for a block. `left` is what the ledger can still give after it. */
export interface BlockGrant {
  readonly granted: number
  readonly left: number
}

/** Durable booking of quota units. */
export interface Ledger {
  /** Books a block of at least `needed` units, or none. Committed before it resolves. @throws StoreUnavailable */
  grant(account: QuotaAccount, ask: { needed: number; limit: number }): Promise<BlockGrant>
  /** Units that it can still give; nothing is booked. @throws StoreUnavailable */
  left(account: QuotaAccount, limit: number): Promise<number>
  /** Gives units of a block back that were never spent. */
  giveBack(account: QuotaAccount, units: number): Promise<void>
}

/** The ledger of a store. */
export function ledgerOf(store: Store): Ledger {
  return {
    grant: (account, { needed, limit }) =>
      store.transact(async (writes) => {
        const { granted: booked } = await writes.quotaAccount(account)
        const left = Math.max(0, limit - booked)
        const units = blockSize(left, needed)
        const isBooked = units > 0 && (await writes.grantQuota(account, units, limit))
        return isBooked ? { granted: units, left: left - units } : { granted: 0, left }
      }),
    left: async (account, limit) =>
      Math.max(0, limit - (await store.reads.quotaAccount(account)).granted),
    giveBack: (account, units) => store.transact((writes) => writes.returnQuota(account, units)),
  }
}
