import type { UsageDelta, UsageQuery, UsageRow } from '@keywright/core'
import type { OpenedStore } from '@keywright/storage'
import { newKey } from '@keywright/storage/testing'
import { expect, it } from 'vitest'
import { overDialects } from './over-dialects.ts'

const NOVEMBER: UsageQuery = { resource: null, from: '2026-11-01', to: '2026-11-30', limit: 100 }

overDialects('usage', (open) => {
  it('adds up by key and day', async () => {
    const store = await open()
    const id = await insert(store, { kind: 'agent', mode: 'live' })
    await add(store, [delta(id, { allowed: 2, refused: 1, units: 3 })])
    await add(store, [delta(id, { allowed: 5 }), delta(id, { day: '2026-11-22', units: 4 })])
    const key = { keyId: id, kind: 'agent', resource: 'organizations/org_1', mode: 'live' }
    expect(await store.reads.listUsage(NOVEMBER)).toStrictEqual([
      { ...key, day: '2026-11-21', allowed: 7, refused: 1, units: 3 },
      { ...key, day: '2026-11-22', allowed: 0, refused: 0, units: 4 },
    ])
  })

  it('keeps the latest use, in whatever order reports come', async () => {
    const store = await open()
    const id = await insert(store)
    const lastUsed = async () => (await store.reads.getKey(id))?.lastUsedAt
    await add(store, [delta(id, { allowed: 1, lastUsedAt: 0 })])
    expect(await lastUsed()).toBeNull()
    await add(store, [delta(id, { allowed: 1, lastUsedAt: 500 })])
    await add(store, [delta(id, { allowed: 1, lastUsedAt: 300 })])
    expect(await lastUsed()).toBe(500)
    await add(store, [delta(id, { lastUsedAt: 501 })])
    expect(await lastUsed()).toBe(501)
  })

  it('lists by day and key in pages that neither repeat nor miss a row', async () => {
    const store = await open()
    const ids = [await insert(store), await insert(store), await insert(store)]
    const days = ['2026-10-31', '2026-11-01', '2026-11-15', '2026-11-30', '2026-12-01']
    const deltas = days.flatMap((day) => ids.map((id) => delta(id, { day, allowed: 1 })))
    await add(store, deltas.toReversed())
    const rows: UsageRow[] = []
    for (let after: UsageQuery['after']; ; after = rows.at(-1)) {
      const page = { ...NOVEMBER, limit: 4, ...(after === undefined ? {} : { after }) }
      const found = await store.reads.listUsage(page)
      rows.push(...found)
      if (found.length < 4) break
    }
    const expected = days.slice(1, 4).flatMap((day) => ids.map((id) => [day, id]))
    expect(rows.map(({ day, keyId }) => [day, keyId])).toEqual(expected)
  })

  it('is filtered by key and mode', async () => {
    const store = await open()
    const live = await insert(store, { mode: 'live' })
    const none = await insert(store)
    await add(store, [delta(live, { allowed: 1 }), delta(none, { allowed: 1 })])
    const ids = async (query: Partial<UsageQuery>): Promise<string[]> =>
      (await store.reads.listUsage({ ...NOVEMBER, ...query })).map(({ keyId }) => keyId)
    expect(await ids({ keyId: live })).toEqual([live])
    expect(await ids({ mode: 'live' })).toEqual([live])
    expect(await ids({ mode: null })).toEqual([none])
  })

  it('of a key that the database does not have does not stop that of others', async () => {
    const store = await open()
    const id = await insert(store)
    await add(store, [delta('key_lost', { allowed: 1, lastUsedAt: 5 }), delta(id, { allowed: 1 })])
    expect((await store.reads.listUsage(NOVEMBER)).map(({ keyId }) => keyId)).toEqual([id])
  })
})

function delta(keyId: string, overrides: Partial<UsageDelta>): UsageDelta {
  return {
    keyId,
    day: '2026-11-21',
    allowed: 0,
    refused: 0,
    units: 0,
    lastUsedAt: 0,
    ...overrides,
  }
}

function add(store: OpenedStore, deltas: readonly UsageDelta[]): Promise<void> {
  return store.transact((writes) => writes.addUsage(deltas))
}

async function insert(
  store: OpenedStore,
  overrides: Parameters<typeof newKey>[0] = {},
): Promise<string> {
  const added = newKey(overrides)
  await store.transact((writes) => writes.insertKey(added))
  return added.key.id
}
