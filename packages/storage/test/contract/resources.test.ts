import type { OpenedStore } from '@keywright/storage'
import { newKey } from '@keywright/storage/testing'
import { expect, it } from 'vitest'
import { overDialects } from './over-dialects.ts'

type State = 'disabled' | 'ended' | null

overDialects('resource states', (open) => {
  it('disable, enable and end', async () => {
    const store = await open()
    expect(await stateOf(store, 'organizations/a')).toBeNull()
    expect(await setState(store, 'organizations/a', 'disabled')).toBe(true)
    expect(await stateOf(store, 'organizations/a')).toBe('disabled')
    expect(await setState(store, 'organizations/a', null)).toBe(true)
    expect(await stateOf(store, 'organizations/a')).toBeNull()
    expect(await setState(store, 'organizations/a', 'ended')).toBe(true)
    expect(await stateOf(store, 'organizations/a')).toBe('ended')
  })

  it('keep an ended resource ended, whatever is asked', async () => {
    const store = await open()
    await setState(store, 'organizations/a', 'disabled')
    await setState(store, 'organizations/a', 'ended')
    for (const state of ['disabled', null, 'ended'] as const) {
      expect(await setState(store, 'organizations/a', state)).toBe(false)
      expect(await stateOf(store, 'organizations/a')).toBe('ended')
    }
  })

  it('take a resource that stands as standing already', async () => {
    const store = await open()
    expect(await setState(store, 'organizations/a', null)).toBe(true)
  })

  it('block a key by the nearest of its resource and those above', async () => {
    const store = await open()
    const resource = 'organizations/a/agents/b/runs/c'
    const added = newKey({ resource })
    await store.transact((writes) => writes.insertKey(added))
    const blockedBy = async () => (await store.reads.findBySecret(added.digest)).snapshot?.blockedBy
    expect(await blockedBy()).toBeNull()
    await setState(store, 'organizations/a', 'ended')
    expect(await blockedBy()).toEqual({ resource: 'organizations/a', state: 'ended' })
    await setState(store, 'organizations/a/agents/b', 'disabled')
    expect(await blockedBy()).toEqual({ resource: 'organizations/a/agents/b', state: 'disabled' })
    await setState(store, resource, 'ended')
    expect(await blockedBy()).toEqual({ resource, state: 'ended' })
  })

  it('block no key beside or above, nor one whose name only begins alike', async () => {
    const store = await open()
    const beside = ['organizations/a', 'organizations/ab/agents/b', 'organizations/a/agents/bc']
    const added = beside.map((resource) => newKey({ resource }))
    await store.transact(async (writes) => {
      for (const one of added) await writes.insertKey(one)
    })
    await setState(store, 'organizations/a/agents/b', 'ended')
    for (const { key } of added) {
      expect((await store.reads.findById(key.id)).snapshot?.blockedBy).toBeNull()
    }
  })

  it('block at every height of a tall tree', async () => {
    const store = await open()
    const names = Array.from({ length: 11 }, (_, depth) =>
      Array.from({ length: depth + 1 }, (__, level) => `level${level}/x`).join('/'),
    )
    const added = newKey({ resource: names.at(-1) as string })
    await store.transact((writes) => writes.insertKey(added))
    for (const resource of names) {
      await setState(store, resource, 'disabled')
      const { snapshot } = await store.reads.findById(added.key.id)
      expect(snapshot?.blockedBy).toEqual({ resource, state: 'disabled' })
      await setState(store, resource, null)
    }
  })
})

function setState(store: OpenedStore, resource: string, state: State): Promise<boolean> {
  return store.transact((writes) => writes.setResourceState(resource, { state, at: 1, by: '' }))
}

function stateOf(store: OpenedStore, resource: string): Promise<State> {
  return store.transact(async (writes) => (await writes.resourceState(resource))?.state ?? null)
}
