import type { OpenedStore } from '@keywright/storage'
import { newKey } from '@keywright/storage/testing'
import { expect, it } from 'vitest'
import { overDialects } from './over-dialects.ts'

overDialects('the line of a key', (open) => {
  it('has every ancestor, nearest first, with what each may and how it stands', async () => {
    const store = await open()
    const [top, middle, leaf] = await branch(store)
    await store.transact((writes) => writes.markRevoked(top.key.id, 50, 'operator:test'))
    await store.transact((writes) => writes.changeKey(middle.key.id, { scopes: ['a:read'] }))
    const { snapshot } = await store.reads.findBySecret(leaf.digest)
    expect(snapshot?.line).toStrictEqual([
      { id: middle.key.id, scopes: ['a:read'], expiresAt: 70, revokedAt: null },
      { id: top.key.id, scopes: ['*'], expiresAt: null, revokedAt: 50 },
    ])
    expect(snapshot?.revokedAt).toBeNull()
  })

  it('is the same by id, and inside a transaction', async () => {
    const store = await open()
    const [, middle, leaf] = await branch(store)
    const bySecret = await store.reads.findBySecret(leaf.digest)
    expect(await store.reads.findById(leaf.key.id)).toStrictEqual(bySecret)
    await store.transact(async (writes) => {
      await writes.markRevoked(middle.key.id, 60, 'operator:test')
      const { snapshot } = await writes.findById(leaf.key.id)
      expect(snapshot?.line[0]?.revokedAt).toBe(60)
    })
  })

  it('has no siblings, children or strangers', async () => {
    const store = await open()
    const [top, middle] = await branch(store)
    await store.transact(async (writes) => {
      await writes.insertKey(newKey({ parentId: top.key.id }))
      await writes.insertKey(newKey())
    })
    const { snapshot } = await store.reads.findById(middle.key.id)
    expect(snapshot?.line.map(({ id }) => id)).toEqual([top.key.id])
  })

  it('is complete however long it is', async () => {
    const store = await open()
    const ids: string[] = []
    await store.transact(async (writes) => {
      for (let depth = 0; depth < 40; depth += 1) {
        const added = newKey({ parentId: ids[0] ?? null })
        await writes.insertKey(added)
        ids.unshift(added.key.id)
      }
    })
    const { snapshot } = await store.reads.findById(ids[0] as string)
    expect(snapshot?.line.map(({ id }) => id)).toEqual(ids.slice(1))
  })
})

type Added = ReturnType<typeof newKey>

async function branch(store: OpenedStore): Promise<[Added, Added, Added]> {
  const top = newKey()
  const middle = newKey({ parentId: top.key.id, scopes: ['a:*'], expiresAt: 70 })
  const leaf = newKey({ parentId: middle.key.id, scopes: ['a:read'] })
  await store.transact(async (writes) => {
    for (const one of [top, middle, leaf]) await writes.insertKey(one)
  })
  return [top, middle, leaf]
}
