import type { OpenedStore } from '@keywright/storage'
import { event, newKey, TEST_TIME } from '@keywright/storage/testing'
import { expect, it } from 'vitest'
import { overDialects } from './over-dialects.ts'

overDialects('secrets', (open) => {
  it('finds a key by its digest, with the number of the latest event', async () => {
    const store = await open()
    const added = newKey({ mode: 'live', scopes: ['events:read'], metadata: { a: 'b' } })
    await store.transact(async (writes) => {
      await writes.insertKey(added)
      await writes.append(event())
    })
    const { id, kind, holder, resource } = added.key
    const snapshot = {
      id,
      kind,
      holder,
      resource,
      mode: 'live',
      scopes: ['events:read'],
      metadata: { a: 'b' },
      expiresAt: null,
      revokedAt: null,
      secretEndsAt: null,
      line: [],
      blockedBy: null,
    }
    expect(await store.reads.findBySecret(added.digest)).toStrictEqual({ seq: 1, snapshot })
    expect(await store.reads.findById(id)).toStrictEqual({ seq: 1, snapshot })
  })

  it('answers an unknown digest or id with the event number alone', async () => {
    const store = await open()
    await store.transact((writes) => writes.append(event()))
    const nothing = { seq: 1, snapshot: undefined }
    expect(await store.reads.findBySecret('unknown')).toStrictEqual(nothing)
    expect(await store.reads.findById('key_unknown')).toStrictEqual(nothing)
  })

  it('lets the former secret end at the given time after a rotation', async () => {
    const store = await open()
    const added = newKey({ digest: 'old' })
    await store.transact((writes) => writes.insertKey(added))
    await rotate(store, added.key.id, { digest: 'new', at: 100, endsAt: 200 })
    expect(await endOf(store, 'old')).toBe(200)
    expect(await endOf(store, 'new')).toBeNull()
    expect((await store.reads.findById(added.key.id)).snapshot?.secretEndsAt).toBeNull()
    expect(await store.reads.getKey(added.key.id)).toMatchObject({
      start: 'start of new',
      rotatedAt: 100,
      createdAt: TEST_TIME,
    })
  })

  it('never moves the end of an earlier secret to a later time', async () => {
    const store = await open()
    const added = newKey({ digest: 'first' })
    await store.transact((writes) => writes.insertKey(added))
    await rotate(store, added.key.id, { digest: 'second', at: 100, endsAt: 200 })
    await rotate(store, added.key.id, { digest: 'third', at: 250, endsAt: 900 })
    expect(await endOf(store, 'first')).toBe(200)
    expect(await endOf(store, 'second')).toBe(900)
    await rotate(store, added.key.id, { digest: 'fourth', at: 300, endsAt: 300 })
    const ends = await Promise.all(['first', 'second', 'third'].map((one) => endOf(store, one)))
    expect(ends).toEqual([200, 300, 300])
  })

  it('rotates one key and leaves the secrets of others', async () => {
    const store = await open()
    const one = newKey({ digest: 'one' })
    const other = newKey({ digest: 'other' })
    await store.transact(async (writes) => {
      await writes.insertKey(one)
      await writes.insertKey(other)
    })
    await rotate(store, one.key.id, { digest: 'next', at: 1, endsAt: 2 })
    expect(await endOf(store, 'other')).toBeNull()
  })
})

function rotate(
  store: OpenedStore,
  id: string,
  next: { digest: string; at: number; endsAt: number },
): Promise<void> {
  const start = `start of ${next.digest}`
  return store.transact((writes) => writes.replaceSecret(id, { ...next, start }))
}

async function endOf(store: OpenedStore, digest: string): Promise<number | null | undefined> {
  return (await store.reads.findBySecret(digest)).snapshot?.secretEndsAt
}
