import type { IdempotencyRecord } from '@keywright/core'
import type { OpenedStore } from '@keywright/storage'
import { expect, it } from 'vitest'
import { overDialects } from './over-dialects.ts'

overDialects('idempotency records', (open) => {
  it('are found by their actor and key only', async () => {
    const store = await open()
    await save(store, record('operator:a', 'one', 10))
    expect(await find(store, 'operator:a', 'one')).toStrictEqual(record('operator:a', 'one', 10))
    expect(await find(store, 'operator:b', 'one')).toBeUndefined()
    expect(await find(store, 'operator:a', 'two')).toBeUndefined()
  })

  it('are forgotten when they are older than asked, with the next save', async () => {
    const store = await open()
    await save(store, record('operator:a', 'old', 10))
    await save(store, record('operator:a', 'edge', 20))
    await save(store, record('operator:a', 'new', 30), 20)
    expect(await find(store, 'operator:a', 'old')).toBeUndefined()
    expect(await find(store, 'operator:a', 'edge')).toBeDefined()
    expect(await find(store, 'operator:a', 'new')).toBeDefined()
  })

  it('forget a bounded number at a time, the oldest first, and all of them in the end', async () => {
    const store = await open()
    for (let made = 0; made < 150; made += 1) await save(store, record('a', `key ${made}`, made))
    await save(store, record('a', 'first', 1000), 900)
    expect(await find(store, 'a', 'key 99')).toBeUndefined()
    expect(await find(store, 'a', 'key 100')).toBeDefined()
    await save(store, record('a', 'second', 1000), 900)
    expect(await find(store, 'a', 'key 149')).toBeUndefined()
  })

  it('are rolled back with the change they stand for', async () => {
    const store = await open()
    const attempt = store.transact(async (writes) => {
      await writes.saveIdempotency(record('a', 'one', 10), 0)
      throw new Error('on purpose')
    })
    await expect(attempt).rejects.toThrow('on purpose')
    expect(await find(store, 'a', 'one')).toBeUndefined()
  })
})

function record(actor: string, idempotencyKey: string, createdAt: number): IdempotencyRecord {
  return { actor, idempotencyKey, requestDigest: 'digest', madeId: 'key_1', createdAt }
}

function save(store: OpenedStore, added: IdempotencyRecord, forgetBefore = 0): Promise<void> {
  return store.transact((writes) => writes.saveIdempotency(added, forgetBefore))
}

function find(
  store: OpenedStore,
  actor: string,
  idempotencyKey: string,
): Promise<IdempotencyRecord | undefined> {
  return store.transact((writes) => writes.findIdempotency(actor, idempotencyKey))
}
