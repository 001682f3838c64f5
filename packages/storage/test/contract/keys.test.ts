import type { KeyQuery } from '@keywright/core'
import { keyRow, newKey, TEST_TIME } from '@keywright/storage/testing'
import { expect, it } from 'vitest'
import { overDialects } from './over-dialects.ts'

const ALL: KeyQuery = { resource: null, now: TEST_TIME, limit: 100 }

overDialects('keys', (open) => {
  it('reads back what was written, texts and absent values alike', async () => {
    const store = await open()
    const full = newKey({
      mode: 'live',
      scopes: ['events:*', 'quote\'"; drop table keys'],
      name: 'Ünïcödé 🔑',
      metadata: { team: 'billing', empty: '' },
      expiresAt: TEST_TIME + 1000,
    })
    const bare = newKey()
    await store.transact(async (writes) => {
      await writes.insertKey(full)
      await writes.insertKey(bare)
    })
    expect(await store.reads.getKey(full.key.id)).toStrictEqual(keyRow(full.key))
    expect(await store.reads.getKey(bare.key.id)).toStrictEqual(keyRow(bare.key))
    expect(await store.reads.getKey('key_unknown')).toBeUndefined()
  })

  it('lists newest first, in pages that neither repeat nor miss one', async () => {
    const store = await open()
    const added = Array.from({ length: 7 }, () => newKey())
    await store.transact(async (writes) => {
      for (const one of added) await writes.insertKey(one)
    })
    const listed: string[] = []
    for (let before: string | undefined; ; before = listed.at(-1)) {
      const page = { ...ALL, limit: 3, ...(before === undefined ? {} : { before }) }
      const keys = await store.reads.listKeys(page)
      listed.push(...keys.map(({ id }) => id))
      if (keys.length < 3) break
    }
    expect(listed).toEqual(added.map(({ key }) => key.id).toReversed())
  })

  it('filters by mode, where null asks for those without one', async () => {
    const store = await open()
    const live = newKey({ mode: 'live' })
    const none = newKey({ mode: null })
    await store.transact(async (writes) => {
      await writes.insertKey(live)
      await writes.insertKey(none)
    })
    const ids = async (query: Partial<KeyQuery>): Promise<string[]> =>
      (await store.reads.listKeys({ ...ALL, ...query })).map(({ id }) => id)
    expect(await ids({ mode: 'live' })).toEqual([live.key.id])
    expect(await ids({ mode: null })).toEqual([none.key.id])
    expect(await ids({ mode: 'test' })).toEqual([])
    expect(await ids({})).toEqual([none.key.id, live.key.id])
  })

  it('filters by kind and by what rows say of standing; an end at this very moment has come', async () => {
    const store = await open()
    const live = newKey({ expiresAt: TEST_TIME + 1000, kind: 'agent' })
    const endless = newKey()
    const expired = newKey({ expiresAt: TEST_TIME })
    const revoked = newKey({ expiresAt: TEST_TIME })
    await store.transact(async (writes) => {
      for (const one of [live, endless, expired, revoked]) await writes.insertKey(one)
      await writes.markRevoked(revoked.key.id, TEST_TIME, 'operator:test')
    })
    const ids = async (query: Partial<KeyQuery>): Promise<string[]> =>
      (await store.reads.listKeys({ ...ALL, ...query })).map(({ id }) => id)
    expect(await ids({ kind: 'agent' })).toEqual([live.key.id])
    expect(await ids({ standing: 'live' })).toEqual([endless.key.id, live.key.id])
    expect(await ids({ standing: 'expired' })).toEqual([expired.key.id])
    expect(await ids({ standing: 'revoked' })).toEqual([revoked.key.id])
  })

  it('changes what is named and keeps the rest', async () => {
    const store = await open()
    const { key, ...rest } = newKey({ name: 'before', metadata: { a: '1' }, scopes: ['*'] })
    await store.transact((writes) => writes.insertKey({ key, ...rest }))
    await store.transact((writes) => writes.changeKey(key.id, {}))
    await store.transact((writes) => writes.changeKey(key.id, { name: null, scopes: [] }))
    const first = await store.reads.getKey(key.id)
    expect(first).toStrictEqual(keyRow({ ...key, name: null, scopes: [] }))
    await store.transact((writes) => writes.changeKey(key.id, { metadata: null, expiresAt: 5 }))
    const second = await store.reads.getKey(key.id)
    expect(second).toStrictEqual(
      keyRow({ ...key, name: null, scopes: [], metadata: null, expiresAt: 5 }),
    )
  })

  it('keeps the first revocation', async () => {
    const store = await open()
    const { key, ...rest } = newKey()
    await store.transact(async (writes) => {
      await writes.insertKey({ key, ...rest })
      await writes.markRevoked(key.id, 10, 'operator:first')
      await writes.markRevoked(key.id, 20, 'operator:second')
    })
    const revoked = await store.reads.getKey(key.id)
    expect(revoked).toMatchObject({ revokedAt: 10, revokedBy: 'operator:first' })
  })

  it('refuses a key whose parent does not exist', async () => {
    const store = await open()
    const orphan = newKey({ parentId: 'key_nobody' })
    await expect(store.transact((writes) => writes.insertKey(orphan))).rejects.toThrow()
    expect(await store.reads.getKey(orphan.key.id)).toBeUndefined()
  })
})
