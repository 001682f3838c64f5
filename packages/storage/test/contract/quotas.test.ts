import type { QuotaAccount } from '@keywright/core'
import type { OpenedStore } from '@keywright/storage'
import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { overDialects } from './over-dialects.ts'

const ACCOUNT: QuotaAccount = {
  quota: 'requests',
  subject: 'organizations/org_1',
  mode: '',
  period: '2026-11',
}

overDialects('a quota', (open) => {
  it('starts with nothing granted', async () => {
    const store = await open()
    expect(await store.reads.quotaAccount(ACCOUNT)).toEqual({ granted: 0 })
  })

  it('grants up to its limit and not one more', async () => {
    const store = await open()
    expect(await grant(store, 60, 100)).toBe(true)
    expect(await grant(store, 41, 100)).toBe(false)
    expect(await grant(store, 40, 100)).toBe(true)
    expect(await grant(store, 1, 100)).toBe(false)
    expect(await store.reads.quotaAccount(ACCOUNT)).toEqual({ granted: 100 })
  })

  it('refuses a first grant above its limit and books nothing', async () => {
    const store = await open()
    expect(await grant(store, 101, 100)).toBe(false)
    expect(await store.reads.quotaAccount(ACCOUNT)).toEqual({ granted: 0 })
  })

  it('counts each subject, mode, period and quota on its own', async () => {
    const store = await open()
    await grant(store, 100, 100)
    const others: Partial<QuotaAccount>[] = [
      { quota: 'tokens' },
      { subject: 'organizations/org_2' },
      { mode: 'live' },
      { period: '2026-12' },
    ]
    for (const other of others) {
      const account = { ...ACCOUNT, ...other }
      expect(await store.reads.quotaAccount(account)).toEqual({ granted: 0 })
      expect(await store.transact((writes) => writes.grantQuota(account, 100, 100))).toBe(true)
    }
  })

  it('never passes its limit under 200 grants at once', async () => {
    const units = fc.array(fc.integer({ min: 1, max: 20 }), { minLength: 200, maxLength: 200 })
    await fc.assert(
      fc.asyncProperty(units, fc.integer({ min: 1, max: 1500 }), async (asked, limit) => {
        const store = await open()
        const answers = await Promise.all(asked.map((one) => grant(store, one, limit)))
        const granted = asked.reduce((sum, one, index) => sum + (answers[index] ? one : 0), 0)
        expect(granted).toBeLessThanOrEqual(limit)
        expect(await store.reads.quotaAccount(ACCOUNT)).toEqual({ granted })
        // Whoever was refused could not have been served with what is left.
        const refused = asked.filter((_, index) => !answers[index])
        for (const one of refused) expect(granted + one).toBeGreaterThan(limit)
        await store.close()
      }),
      { numRuns: 4 },
    )
  })

  it('takes units back, never below nothing', async () => {
    const store = await open()
    await grant(store, 10, 100)
    await store.transact((writes) => writes.returnQuota(ACCOUNT, 4))
    expect(await store.reads.quotaAccount(ACCOUNT)).toEqual({ granted: 6 })
    await store.transact((writes) => writes.returnQuota(ACCOUNT, 7))
    expect(await store.reads.quotaAccount(ACCOUNT)).toEqual({ granted: 0 })
    await store.transact((writes) => writes.returnQuota({ ...ACCOUNT, mode: 'live' }, 7))
    expect(await store.reads.quotaAccount({ ...ACCOUNT, mode: 'live' })).toEqual({ granted: 0 })
  })

  it.each([-1, 0.5, Number.NaN])('refuses to book %s units', async (units) => {
    const store = await open()
    await expect(grant(store, units, 100)).rejects.toThrow(TypeError)
  })
})

function grant(store: OpenedStore, units: number, limit: number): Promise<boolean> {
  return store.transact((writes) => writes.grantQuota(ACCOUNT, units, limit))
}
