import type { Pickup } from '@keywright/core'
import { TEST_TIME } from '@keywright/storage/testing'
import { expect, it } from 'vitest'
import { overDialects } from './over-dialects.ts'

function pickup(id: string, change: Partial<Pickup> = {}): Pickup {
  return {
    id,
    request: { kind: 'personal', resource: 'users/usr_1', name: 'ü', scopes: ['films:read'] },
    bound: { holder: 'users/usr_1', resource: 'users/usr_1', mode: null },
    sender: { type: 'key', keyId: 'key_1', endsAt: null, seq: 7 },
    createdBy: 'key_1',
    createdAt: TEST_TIME,
    expiresAt: TEST_TIME + 1000,
    redeemedAt: null,
    revokedAt: null,
    keyId: null,
    ...change,
  }
}

overDialects('pick-ups', (open) => {
  it('are redeemed once, before their end, and then name their key', async () => {
    const store = await open()
    const redeem = (digest: string, at: number) =>
      store.transact((writes) => writes.redeemPickup(digest, at))
    const made = pickup('pku_1')
    await store.transact(async (writes) => {
      await writes.insertPickup(made, 'd1', 0)
      await writes.insertPickup(pickup('pku_2'), 'd2', 0)
      await writes.insertPickup(pickup('pku_3'), 'd3', 0)
    })
    expect(await store.reads.findPickup('d1')).toStrictEqual(made)
    expect(await store.reads.getPickup('pku_1')).toStrictEqual(made)
    expect(await store.reads.findPickup('pku_1')).toBeUndefined()
    expect(await redeem('d2', made.expiresAt)).toBeUndefined()
    expect(await store.transact((writes) => writes.revokePickup('pku_3', TEST_TIME))).toBe(true)
    expect(await redeem('d3', TEST_TIME)).toBeUndefined()
    const at = made.expiresAt - 1
    const tries = await Promise.all(Array.from({ length: 20 }, () => redeem('d1', at)))
    const redeemed = { ...made, redeemedAt: at }
    expect(tries.filter((each) => each !== undefined)).toStrictEqual([redeemed])
    await store.transact((writes) => writes.namePickupKey('pku_1', 'key_9'))
    expect(await store.reads.findPickup('d1')).toStrictEqual({ ...redeemed, keyId: 'key_9' })
  })

  it('are taken back once, while they wait', async () => {
    const store = await open()
    const revoke = (id: string, at = TEST_TIME) =>
      store.transact((writes) => writes.revokePickup(id, at))
    await store.transact(async (writes) => {
      for (const id of ['pku_1', 'pku_2']) await writes.insertPickup(pickup(id), id, 0)
      await writes.redeemPickup('pku_2', TEST_TIME)
    })
    expect(await revoke('pku_1', TEST_TIME + 1000)).toBe(false)
    expect([await revoke('pku_1'), await revoke('pku_1'), await revoke('pku_2')]).toEqual([
      true,
      false,
      false,
    ])
  })

  it('are listed newest first, by sender and page by page, while they wait', async () => {
    const store = await open()
    await store.transact(async (writes) => {
      for (const number of [1, 2, 3, 4, 5]) {
        await writes.insertPickup(pickup(`pku_${number}`), `d${number}`, 0)
      }
      await writes.insertPickup(pickup('pku_6', { createdBy: 'users/usr_1' }), 'd6', 0)
      await writes.redeemPickup('d4', TEST_TIME)
      await writes.revokePickup('pku_2', TEST_TIME)
    })
    const ids = async (query: object) => {
      const page = { now: TEST_TIME, limit: 10, visitMax: 100, ...query }
      const { pickups, visitedTo } = await store.reads.listPickups(page)
      expect(visitedTo).toBeNull()
      return pickups.map(({ id }) => id)
    }
    expect(await ids({})).toEqual(['pku_6', 'pku_5', 'pku_3', 'pku_1'])
    expect(await ids({ createdBy: 'key_1', limit: 2 })).toEqual(['pku_5', 'pku_3'])
    expect(await ids({ createdBy: 'key_1', before: 'pku_3' })).toEqual(['pku_1'])
    expect(await ids({ now: TEST_TIME + 1000 })).toEqual([])
  })

  it('are not looked at without an end: a page of those that are over says where to go on', async () => {
    const store = await open()
    const ids = Array.from({ length: 9 }, (_, number) => `pku_${number}`)
    await store.transact(async (writes) => {
      for (const id of ids) await writes.insertPickup(pickup(id), id, 0)
      for (const id of ids.slice(1)) await writes.revokePickup(id, TEST_TIME)
    })
    const query = { now: TEST_TIME, limit: 2, visitMax: 4, createdBy: 'key_1' }
    const list = async (before?: string) => {
      const page = { ...query, ...(before !== undefined && { before }) }
      const { pickups, visitedTo } = await store.reads.listPickups(page)
      return { ids: pickups.map(({ id }) => id), visitedTo }
    }
    expect(await list()).toEqual({ ids: [], visitedTo: 'pku_5' })
    expect(await list('pku_5')).toEqual({ ids: [], visitedTo: 'pku_1' })
    expect(await list('pku_1')).toEqual({ ids: ['pku_0'], visitedTo: null })
  })

  it('are forgotten when they ended before a moment', async () => {
    const store = await open()
    const later = pickup('pku_2', { expiresAt: TEST_TIME + 2000 })
    await store.transact(async (writes) => {
      await writes.insertPickup(pickup('pku_1'), 'd1', 0)
      await writes.insertPickup(later, 'd2', TEST_TIME + 1001)
    })
    expect(await store.reads.findPickup('d1')).toBeUndefined()
    expect(await store.reads.findPickup('d2')).toStrictEqual(later)
  })
})
