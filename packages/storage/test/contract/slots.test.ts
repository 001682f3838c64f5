import { newKey } from '@keywright/storage/testing'
import { expect, it } from 'vitest'
import { overDialects } from './over-dialects.ts'

overDialects('slots', (open) => {
  it('finds the key that has a slot', async () => {
    const store = await open()
    const added = newKey({ slot: 'org|live|organizations/org_1' })
    await store.transact(async (writes) => {
      expect(await writes.findBySlot(added.slot as string)).toBeUndefined()
      await writes.insertKey(added)
      expect(await writes.findBySlot(added.slot as string)).toMatchObject({ id: added.key.id })
    })
  })

  it('gives a slot to one key at a time and says so in a typed error', async () => {
    const store = await open()
    await store.transact((writes) => writes.insertKey(newKey({ slot: 'one' })))
    const second = newKey({ slot: 'one' })
    const attempt = store.transact((writes) => writes.insertKey(second))
    await expect(attempt).rejects.toMatchObject({ name: 'SlotTaken', code: 'slot_taken' })
    expect(await store.reads.getKey(second.key.id)).toBeUndefined()
  })

  it('frees a slot when its key is revoked', async () => {
    const store = await open()
    const first = newKey({ slot: 'one' })
    const second = newKey({ slot: 'one' })
    await store.transact(async (writes) => {
      await writes.insertKey(first)
      await writes.markRevoked(first.key.id, 1, 'operator:test')
      await writes.insertKey(second)
      expect(await writes.findBySlot('one')).toMatchObject({ id: second.key.id })
    })
  })

  it('frees a slot on demand and leaves its former key as it was', async () => {
    const store = await open()
    const first = newKey({ slot: 'one' })
    await store.transact(async (writes) => {
      await writes.insertKey(first)
      await writes.clearSlot('one')
      await writes.insertKey(newKey({ slot: 'one' }))
    })
    expect(await store.reads.getKey(first.key.id)).toMatchObject(first.key)
  })

  it('does not count keys without a slot', async () => {
    const store = await open()
    await store.transact(async (writes) => {
      await writes.insertKey(newKey())
      await writes.insertKey(newKey())
    })
    expect(await store.reads.listKeys({ resource: null, now: 0, limit: 10 })).toHaveLength(2)
  })
})
