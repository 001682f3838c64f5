import { event, newKey } from '@keywright/storage/testing'
import { expect, it } from 'vitest'
import { overDialects } from './over-dialects.ts'

overDialects('closing', (open) => {
  it('waits for the transactions that were asked before', async () => {
    const store = await open()
    const running = store.transact((writes) => writes.append(event()))
    const closing = store.close()
    await expect(running).resolves.toMatchObject({ seq: 1 })
    await closing
  })

  it('can be done twice', async () => {
    const store = await open()
    await Promise.all([store.close(), store.close()])
    await store.close()
  })

  it('makes every later call fail as unavailable, for good', async () => {
    const store = await open()
    await store.check()
    await store.close()
    const fatal = { code: 'store_unavailable', isFatal: true }
    await expect(store.check()).rejects.toMatchObject(fatal)
    await expect(store.reads.findBySecret('x')).rejects.toMatchObject(fatal)
    await expect(store.reads.listKeys({ resource: null, now: 0, limit: 1 })).rejects.toMatchObject(
      fatal,
    )
    const late = store.transact((writes) => writes.insertKey(newKey()))
    await expect(late).rejects.toMatchObject(fatal)
  })
})
