import type { EventQuery } from '@keywright/core'
import { event } from '@keywright/storage/testing'
import { expect, it } from 'vitest'
import { overDialects } from './over-dialects.ts'

const ALL: EventQuery = { resource: null, after: 0, limit: 100 }

overDialects('events', (open) => {
  it('read back as they were appended', async () => {
    const store = await open()
    const written = event({
      type: 'key.rotated',
      actor: 'key_1',
      keyId: 'key_2',
      mode: 'test',
      data: { previous_ends_at: 5, nested: { list: [1, null, 'x'] } },
    })
    const appended = await store.transact((writes) => writes.append(written))
    expect(appended).toStrictEqual({ ...written, epoch: 'epoch-1', seq: 1 })
    expect(await store.reads.listEvents(ALL)).toStrictEqual([appended])
  })

  it('are listed from after a number, so many at a time', async () => {
    const store = await open()
    await store.transact(async (writes) => {
      for (let made = 0; made < 7; made += 1) await writes.append(event())
    })
    const numbers = async (query: Partial<EventQuery>): Promise<number[]> =>
      (await store.reads.listEvents({ ...ALL, ...query })).map(({ seq }) => seq)
    expect(await numbers({ after: 0, limit: 3 })).toEqual([1, 2, 3])
    expect(await numbers({ after: 3, limit: 3 })).toEqual([4, 5, 6])
    expect(await numbers({ after: 6, limit: 3 })).toEqual([7])
    expect(await numbers({ after: 7, limit: 3 })).toEqual([])
  })

  it('are filtered by key, type and mode; those without a mode concern every mode', async () => {
    const store = await open()
    await store.transact(async (writes) => {
      await writes.append(event({ keyId: 'key_1', mode: 'live' }))
      await writes.append(event({ keyId: 'key_2', mode: 'test', type: 'key.revoked' }))
      await writes.append(event({ type: 'resource.disabled' }))
    })
    const numbers = async (query: Partial<EventQuery>): Promise<number[]> =>
      (await store.reads.listEvents({ ...ALL, ...query })).map(({ seq }) => seq)
    expect(await numbers({ keyId: 'key_1' })).toEqual([1])
    expect(await numbers({ keyId: 'key_1', resource: 'organizations/org_1' })).toEqual([1])
    expect(await numbers({ keyId: 'key_1', resource: 'organizations/org_2' })).toEqual([])
    expect(await numbers({ type: 'key.revoked' })).toEqual([2])
    expect(await numbers({ mode: 'live' })).toEqual([1, 3])
    expect(await numbers({ mode: 'test' })).toEqual([2, 3])
    expect(await numbers({ mode: null })).toEqual([3])
  })
})
