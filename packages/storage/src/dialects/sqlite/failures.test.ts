// What a store does when SQLite fails under it: each fault is a real one of a real database.

import { copyFileSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { StoreUnavailable } from '@keywright/core'
import {
  event,
  newKey,
  sequentialIds,
  temporaryFolder,
  testRootKey,
} from '@keywright/storage/testing'
import type { Kysely } from 'kysely'
import { sql } from 'kysely'
import { expect, it, onTestFinished } from 'vitest'
import { allMigrations } from '../../migrations/all.ts'
import { rootKeyCheck } from '../../root-key/check.ts'
import { migrate } from '../../schema/migrate.ts'
import type { Tables } from '../../schema/tables.ts'
import { createStore } from '../../store/create.ts'
import { openSqlite } from './open.ts'

it('is unavailable when the disk is full, keeps nothing half done, and works again with room', async () => {
  const { store, writer } = await openParts()
  const pages = await sql<{ page_count: number }>`pragma page_count`.execute(writer)
  const full = Number(pages.rows[0]?.page_count)
  await sql`pragma max_page_count = ${sql.lit(full)}`.execute(writer)
  const added = Array.from({ length: 200 }, () => newKey())
  const fill = () =>
    store.transact(async (writes) => {
      for (const one of added) await writes.insertKey(one)
      await writes.append(event())
    })
  await expect(fill()).rejects.toMatchObject({ code: 'store_unavailable', isFatal: false })
  expect(await store.reads.listKeys({ resource: null, now: 0, limit: 1 })).toEqual([])
  expect((await store.reads.head()).seq).toBe(0)
  await sql`pragma max_page_count = 100000`.execute(writer)
  await fill()
  expect((await store.reads.head()).seq).toBe(1)
})

it('commits nothing of a work that goes on after the disk was full', async () => {
  const { store, writer } = await openParts()
  const pages = await sql<{ page_count: number }>`pragma page_count`.execute(writer)
  await sql`pragma max_page_count = ${sql.lit(Number(pages.rows[0]?.page_count))}`.execute(writer)
  const attempt = store.transact(async (writes) => {
    for (let made = 0; made < 200; made += 1) await writes.insertKey(newKey()).catch(() => {})
    await writes.append(event()).catch(() => {})
  })
  await expect(attempt).rejects.toBeInstanceOf(StoreUnavailable)
  expect(await store.reads.listKeys({ resource: null, now: 0, limit: 1 })).toEqual([])
  expect((await store.reads.head()).seq).toBe(0)
})

it('is unavailable while another program holds the write lock, and works again after it', async () => {
  const { store, path } = await openParts()
  const other = new DatabaseSync(path)
  other.exec('begin immediate')
  const attempt = store.transact((writes) => writes.append(event()))
  await expect(attempt).rejects.toMatchObject({
    code: 'store_unavailable',
    isFatal: false,
    message: expect.stringContaining('SQLITE_BUSY'),
  })
  expect((await store.reads.head()).seq).toBe(0)
  other.exec('rollback')
  other.close()
  await expect(store.transact((writes) => writes.append(event()))).resolves.toBeDefined()
})

it('is over for good when its file was taken away', async () => {
  const { store, path } = await openParts()
  rmSync(path)
  const fatal = { code: 'store_unavailable', isFatal: true }
  await expect(store.transact((writes) => writes.append(event()))).rejects.toMatchObject(fatal)
  await expect(store.check()).rejects.toMatchObject(fatal)
  await expect(store.reads.findBySecret('x')).rejects.toMatchObject(fatal)
  await expect(store.close()).resolves.toBeUndefined()
})

it('is over for good when another file took its place', async () => {
  const { store, path } = await openParts()
  await store.transact((writes) => writes.append(event()))
  copyFileSync(path, `${path}.restored`)
  renameSync(`${path}.restored`, path)
  const fatal = { code: 'store_unavailable', isFatal: true }
  await expect(store.check()).rejects.toMatchObject(fatal)
  await expect(store.transact((writes) => writes.append(event()))).rejects.toMatchObject(fatal)
})

it('is over for good when its lock was taken away, for another process could come in', async () => {
  const { store, path } = await openParts()
  rmSync(`${path}.lock`)
  const fatal = { code: 'store_unavailable', isFatal: true }
  await expect(store.transact((writes) => writes.append(event()))).rejects.toMatchObject(fatal)
  await expect(store.check()).rejects.toMatchObject(fatal)
})

interface Parts {
  readonly path: string
  readonly writer: Kysely<Tables>
  readonly store: ReturnType<typeof createStore>
}

// The parts of openStore, so that a test can reach the writer's own settings.
async function openParts(): Promise<Parts> {
  const folder = temporaryFolder()
  onTestFinished(folder.remove)
  const path = join(folder.path, 'keywright.db')
  const backend = openSqlite({ path, busyTimeoutMs: 0 })
  const reader = backend.openReader()
  const seed = { epoch: sequentialIds()(), rootKeyCheck: rootKeyCheck(testRootKey) }
  await migrate(backend.writer, { migrations: allMigrations(backend.columnTypes), seed })
  const store = createStore(backend, reader)
  onTestFinished(() => store.close())
  return { path, writer: backend.writer, store }
}
