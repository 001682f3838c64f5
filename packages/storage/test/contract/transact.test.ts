import type { KeyEvent } from '@keywright/core'
import { event, newKey } from '@keywright/storage/testing'
import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { overDialects } from './over-dialects.ts'

overDialects('a transaction', (open, { readsBesideWrites }) => {
  it('commits a change and its event together', async () => {
    const store = await open()
    const added = newKey()
    const result = await store.transact(async (writes) => {
      await writes.insertKey(added)
      return writes.append(event({ keyId: added.key.id }))
    })
    expect(result).toMatchObject({ epoch: 'epoch-1', seq: 1, keyId: added.key.id })
    expect(await store.reads.getKey(added.key.id)).toMatchObject({ id: added.key.id })
    expect(await store.reads.head()).toEqual({ epoch: 'epoch-1', seq: 1 })
  })

  it('leaves neither the change nor its event when the work throws, and rethrows the same error', async () => {
    const store = await open()
    const heard: KeyEvent[] = []
    store.subscribe((events) => heard.push(...events))
    const added = newKey()
    const failure = new Error('later step failed')
    const attempt = store.transact(async (writes) => {
      await writes.insertKey(added)
      await writes.append(event({ keyId: added.key.id }))
      throw failure
    })
    await expect(attempt).rejects.toBe(failure)
    expect(await store.reads.getKey(added.key.id)).toBeUndefined()
    expect((await store.reads.head()).seq).toBe(0)
    expect(await store.reads.listEvents({ resource: null, after: 0, limit: 10 })).toEqual([])
    expect(heard).toEqual([])
  })

  it('rejects a synchronous throw of the work like any other', async () => {
    const store = await open()
    const failure = new Error('at once')
    const attempt = store.transact(() => {
      throw failure
    })
    await expect(attempt).rejects.toBe(failure)
    await expect(store.transact(async () => 'next')).resolves.toBe('next')
  })

  it('sees its own writes', async () => {
    const store = await open()
    const added = newKey()
    await store.transact(async (writes) => {
      await writes.insertKey(added)
      await writes.append(event())
      expect(await writes.getKey(added.key.id)).toMatchObject(added.key)
      expect(await writes.findBySecret(added.digest)).toMatchObject({
        seq: 1,
        snapshot: { id: added.key.id },
      })
    })
  })

  it.runIf(readsBesideWrites)('hides its writes from other reads until it commits', async () => {
    const store = await open()
    const added = newKey()
    await store.transact(async (writes) => {
      await writes.insertKey(added)
      await writes.append(event())
      expect(await store.reads.getKey(added.key.id)).toBeUndefined()
      expect(await store.reads.findBySecret(added.digest)).toEqual({ seq: 0, snapshot: undefined })
      expect((await store.reads.head()).seq).toBe(0)
    })
    expect((await store.reads.findBySecret(added.digest)).seq).toBe(1)
  })

  it('lets reads that were asked meanwhile see all of it or nothing', async () => {
    const store = await open()
    const added = newKey()
    const running = store.transact(async (writes) => {
      await writes.insertKey(added)
      await writes.append(event())
    })
    const { seq, snapshot } = await store.reads.findBySecret(added.digest)
    expect(snapshot === undefined).toBe(seq === 0)
    await running
  })

  it('numbers events without holes and in commit order under 50 at once that fail at random', async () => {
    const outcomes = fc.array(fc.boolean(), { minLength: 50, maxLength: 50 })
    await fc.assert(
      fc.asyncProperty(outcomes, async (fails) => {
        const store = await open()
        const heard: KeyEvent[] = []
        store.subscribe((events) => heard.push(...events))
        const attempts = fails.map((isFailing, index) =>
          store.transact(async (writes) => {
            await writes.append(event({ data: { index } }))
            await writes.append(event({ data: { index, again: true } }))
            if (isFailing) throw new Error('on purpose')
          }),
        )
        await Promise.allSettled(attempts)
        const events = await store.reads.listEvents({ resource: null, after: 0, limit: 200 })
        const committed = fails.flatMap((isFailing, index) => (isFailing ? [] : [index, index]))
        expect(events.map(({ seq }) => seq)).toEqual(committed.map((_, index) => index + 1))
        expect(events.map(({ data }) => data['index'])).toEqual(committed)
        expect(heard).toEqual(events)
        await store.close()
      }),
      { numRuns: 4 },
    )
  })

  it('can only be rolled back after one of its statements failed', async () => {
    const store = await open()
    const added = newKey()
    const attempt = store.transact(async (writes) => {
      await writes.insertKey(added)
      await writes.insertKey(added).catch(() => {})
    })
    await expect(attempt).rejects.toMatchObject({ code: 'store_unavailable', isFatal: false })
    expect(await store.reads.getKey(added.key.id)).toBeUndefined()
    await expect(store.transact((writes) => writes.insertKey(added))).resolves.toBeUndefined()
  })

  it('takes no more writes through a handle that was kept after its end', async () => {
    const store = await open()
    const kept = await store.transact(async (writes) => writes)
    await expect(kept.insertKey(newKey())).rejects.toThrow()
  })

  it('names no value in its errors', async () => {
    const store = await open()
    const added = newKey({ digest: 'a-very-telling-digest', name: 'a-very-telling-name' })
    await store.transact((writes) => writes.insertKey(added))
    const error = await store.transact((writes) => writes.insertKey(added)).catch(String)
    expect(error).toContain('keys.id')
    expect(error).not.toContain('telling')
    expect(error).not.toContain(added.key.id)
  })
})
