import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import {
  event,
  newKey,
  sequentialIds,
  temporaryFolder,
  testRootKey,
} from '@keywright/storage/testing'
import { expect, it, onTestFinished } from 'vitest'
import type { OpenedStore } from './open-store.ts'
import { openStore } from './open-store.ts'

it('makes a database and its folder that only their owner may open', async () => {
  const path = join(freshFolder(), 'new', 'keywright.db')
  const store = await open(path)
  expect(store.isNew).toBe(true)
  expect(store.warnings).toEqual([])
  await store.transact((writes) => writes.append(event()))
  expect(modeOf(join(path, '..'))).toBe(0o700)
  for (const end of ['', '-wal', '-shm', '.lock']) expect(modeOf(path + end)).toBe(0o600)
})

it('finds what an earlier start wrote, and the epoch stays', async () => {
  const path = freshPath()
  const first = await open(path)
  const added = newKey()
  await first.transact(async (writes) => {
    await writes.insertKey(added)
    await writes.append(event())
  })
  await first.close()
  const second = await open(path, { randomId: sequentialIds('other') })
  expect(second.isNew).toBe(false)
  expect(await second.reads.head()).toEqual({ epoch: 'epoch-1', seq: 1 })
  expect(await second.reads.getKey(added.key.id)).toMatchObject(added.key)
})

it('leaves one file with everything in it when it closes', async () => {
  const path = freshPath()
  const store = await open(path)
  await store.transact((writes) => writes.append(event()))
  await store.close()
  expect(statSync(`${path}-wal`, { throwIfNoEntry: false })).toBeUndefined()
})

it('never stores the root key', async () => {
  const path = freshPath()
  const rootKey = Buffer.from('a root key of 32 bytes to look 4')
  const store = await open(path, { rootKey })
  await store.close()
  const stored = readFileSync(path)
  for (const form of ['latin1', 'hex', 'base64url', 'base64'] as const) {
    expect(stored.includes(rootKey.toString(form))).toBe(false)
  }
})

it('refuses another root key and changes nothing', async () => {
  const path = freshPath()
  await (await open(path)).close()
  const before = readFileSync(path)
  const attempt = open(path, { rootKey: new Uint8Array(32).fill(8) })
  await expect(attempt).rejects.toMatchObject({
    name: 'StoreRefused',
    code: 'wrong_root_key',
    fix: expect.stringContaining('root key'),
  })
  expect(readFileSync(path).equals(before)).toBe(true)
  await expect(open(path)).resolves.toMatchObject({ isNew: false })
})

it('refuses a root key that is too short before it makes a file', async () => {
  const path = freshPath()
  await expect(open(path, { rootKey: new Uint8Array(31) })).rejects.toThrow(TypeError)
  expect(statSync(path, { throwIfNoEntry: false })).toBeUndefined()
})

it('refuses a database that a newer version has changed', async () => {
  const path = freshPath()
  await (await open(path)).close()
  alter(path, "insert into kysely_migration values ('0999-later', '2030-01-01T00:00:00.000Z')")
  await expect(open(path)).rejects.toMatchObject({
    code: 'schema_too_new',
    message: expect.stringContaining('0999-later'),
  })
})

it("refuses somebody else's database", async () => {
  const path = freshPath()
  alter(path, 'create table invoices (id integer)')
  await expect(open(path)).rejects.toMatchObject({ code: 'not_keywright' })
})

it('refuses a file that is no database', async () => {
  const path = freshPath()
  writeFileSync(path, 'a'.repeat(5000), { mode: 0o600 })
  await expect(open(path)).rejects.toMatchObject({ code: 'database_damaged' })
})

it('refuses a database with a damaged page', async () => {
  const path = freshPath()
  const store = await open(path)
  await store.transact(async (writes) => {
    for (let made = 0; made < 200; made += 1) await writes.insertKey(newKey())
  })
  await store.close()
  const bytes = readFileSync(path)
  // The last pages hold rows of keys and secrets.
  bytes.fill(0xa5, bytes.length - 3 * 4096)
  writeFileSync(path, bytes)
  await expect(open(path)).rejects.toMatchObject({ code: 'database_damaged' })
})

it('refuses a second store in this process, under another name of the same file too', async () => {
  const path = freshPath()
  const store = await open(path)
  symlinkSync(path, `${path}-link`)
  await expect(open(path)).rejects.toMatchObject({ code: 'database_in_use' })
  await expect(open(`${path}-link`)).rejects.toMatchObject({ code: 'database_in_use' })
  await expect(store.transact((writes) => writes.append(event()))).resolves.toBeDefined()
  await store.close()
  await expect(open(path)).resolves.toMatchObject({ isNew: false })
})

it('refuses while another process has it, and opens once that one was killed', async () => {
  const path = freshPath()
  const holder = spawn(process.execPath, ['--input-type=module', '--eval', HOLDER, path], {
    cwd: import.meta.dirname,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  onTestFinished(() => void holder.kill('SIGKILL'))
  const [said] = (await once(holder.stdout, 'data')) as [Buffer]
  expect(String(said)).toBe('committed')
  await expect(open(path)).rejects.toMatchObject({
    code: 'database_in_use',
    message: expect.stringContaining('another process'),
  })
  holder.kill('SIGKILL')
  await once(holder, 'exit')
  const store = await open(path)
  expect(store.isNew).toBe(false)
  // What was committed is there, what was not is not.
  expect((await store.reads.head()).seq).toBe(1)
})

it('leaves nothing when making the first rows fails', async () => {
  const path = freshPath()
  const randomId = (): string => {
    throw new Error('no randomness')
  }
  await expect(open(path, { randomId })).rejects.toThrow('no randomness')
  await expect(open(path)).resolves.toMatchObject({ isNew: true })
})

it('makes strict tables only', async () => {
  const path = freshPath()
  await (await open(path)).close()
  const database = new DatabaseSync(path, { readOnly: true })
  const loose = database.prepare(
    "select name from pragma_table_list where schema = 'main' and strict = 0 and name not like 'sqlite_%' and name not like 'kysely_%'",
  )
  expect(loose.all()).toEqual([])
  database.close()
})

it('warns when others may open the file', async () => {
  const path = freshPath()
  await (await open(path)).close()
  chmodSync(path, 0o644)
  const store = await open(path)
  expect(store.warnings).toEqual([expect.stringContaining('chmod 600')])
})

it('is unavailable when the file cannot be made', async () => {
  const path = join(freshPath(), 'below-a-file')
  writeFileSync(join(path, '..'), '')
  await expect(open(path)).rejects.toMatchObject({ code: 'store_unavailable' })
})

const HOLDER = `
  import { openStore } from './open-store.ts'
  const rootKey = new Uint8Array(32).fill(7)
  const store = await openStore({ path: process.argv[1], rootKey, randomId: () => 'epoch' })
  const event = { type: 'key.minted', at: 1, actor: 'a', keyId: null, resource: 'r/1', mode: null, data: {} }
  await store.transact((writes) => writes.append(event))
  await store.transact(async (writes) => {
    await writes.append(event)
    process.stdout.write('committed')
    await new Promise(() => setInterval(() => {}, 1000))
  })
`

function freshFolder(): string {
  const folder = temporaryFolder()
  onTestFinished(folder.remove)
  return folder.path
}

function freshPath(): string {
  return join(freshFolder(), 'keywright.db')
}

async function open(
  path: string,
  options: Partial<Parameters<typeof openStore>[0]> = {},
): Promise<OpenedStore> {
  const defaults = { path, rootKey: testRootKey, randomId: sequentialIds() }
  const store = await openStore({ ...defaults, ...options })
  onTestFinished(() => store.close())
  return store
}

function modeOf(path: string): number {
  return statSync(path).mode & 0o777
}

function alter(path: string, statement: string): void {
  const database = new DatabaseSync(path)
  database.exec(statement)
  database.close()
}
