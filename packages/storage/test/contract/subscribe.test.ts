import type { KeyEvent } from '@keywright/core'
import { event } from '@keywright/storage/testing'
import { expect, it } from 'vitest'
import { overDialects } from './over-dialects.ts'

overDialects('a subscription', (open) => {
  it('hears the events of a commit before transact resolves', async () => {
    const store = await open()
    const heard: (readonly KeyEvent[])[] = []
    store.subscribe((events) => heard.push(events))
    const appended = await store.transact(async (writes) => [
      await writes.append(event({ type: 'key.minted' })),
      await writes.append(event({ type: 'key.revoked' })),
    ])
    expect(heard).toEqual([appended])
  })

  it('hears commits in their order when many run at once', async () => {
    const store = await open()
    const heard: number[] = []
    store.subscribe((events) => heard.push(...events.map(({ seq }) => seq)))
    const many = Array.from({ length: 30 }, () =>
      store.transact((writes) => writes.append(event())),
    )
    await Promise.all(many)
    expect(heard).toEqual(Array.from({ length: 30 }, (_, index) => index + 1))
  })

  it('hears nothing of a transaction without events', async () => {
    const store = await open()
    let calls = 0
    store.subscribe(() => (calls += 1))
    await store.transact(async (writes) => writes.clearSlot('none'))
    expect(calls).toBe(0)
  })

  it('hears nothing after it has ended, and others still do', async () => {
    const store = await open()
    const first: number[] = []
    const second: number[] = []
    const end = store.subscribe((events) => first.push(...events.map(({ seq }) => seq)))
    store.subscribe((events) => second.push(...events.map(({ seq }) => seq)))
    await store.transact((writes) => writes.append(event()))
    end()
    end()
    await store.transact((writes) => writes.append(event()))
    expect(first).toEqual([1])
    expect(second).toEqual([1, 2])
  })
})
