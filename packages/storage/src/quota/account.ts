// A quota's count for one subject and month. Units are booked in one conditional statement, so that however many ask
// at once, the sum of what they were given never passes the limit.

import type { QuotaAccount } from '@keywright/core'
import { prepare } from '../query/prepare.ts'
import type { Database } from '../schema/tables.ts'

type Account = { quota: string; subject: string; mode: string; period: string }

const selectAccount = prepare((db, { quota, subject, mode, period }: Account) =>
  db
    .selectFrom('quota_accounts')
    .select('granted')
    .where('quota', '=', quota)
    .where('subject', '=', subject)
    .where('mode', '=', mode)
    .where('period', '=', period),
)

const upsertGrant = prepare((db, args: Account & { units: number; limit: number }) => {
  const { quota, subject, mode, period, units, limit } = args
  return db
    .insertInto('quota_accounts')
    .values({ quota, subject, mode, period, granted: units })
    .onConflict((conflict) =>
      conflict
        .columns(['quota', 'subject', 'mode', 'period'])
        .doUpdateSet((column) => ({ granted: column('quota_accounts.granted', '+', units) }))
        .where((where) => where(where('quota_accounts.granted', '+', units), '<=', limit)),
    )
    .returning('granted')
})

const updateReturn = prepare((db, args: Account & { units: number }) => {
  const { quota, subject, mode, period, units } = args
  return db
    .updateTable('quota_accounts')
    .set((column) => ({
      granted: column
        .case()
        .when('granted', '>', units)
        .then(column('granted', '-', units))
        .else(0)
        .end(),
    }))
    .where('quota', '=', quota)
    .where('subject', '=', subject)
    .where('mode', '=', mode)
    .where('period', '=', period)
})

export async function quotaAccount(
  db: Database,
  account: QuotaAccount,
): Promise<{ readonly granted: number }> {
  const [row] = await selectAccount(db, account)
  return { granted: row?.granted ?? 0 }
}

/** @returns false when the total would pass the limit; nothing is booked then */
export async function grantQuota(
  db: Database,
  account: QuotaAccount,
  grant: { readonly units: number; readonly limit: number },
): Promise<boolean> {
  assertUnits(grant.units)
  // The first grant inserts the row; the statement's condition only sees a row that exists.
  if (grant.units > grant.limit) return false
  return (await upsertGrant(db, { ...account, ...grant })).length > 0
}

export async function returnQuota(
  db: Database,
  account: QuotaAccount,
  units: number,
): Promise<void> {
  assertUnits(units)
  await updateReturn(db, { ...account, units })
}

function assertUnits(units: number): void {
  if (!Number.isSafeInteger(units) || units < 0) {
    throw new TypeError('Units of a quota are whole numbers, not below zero.')
  }
}
