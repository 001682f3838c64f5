import { event } from '@keywright/storage/testing'
import type { Kysely } from 'kysely'
import { expect, it } from 'vitest'
import { overDialects } from './over-dialects.ts'

type AttemptTables = {
  account_attempts: { subject: string; count: number; ends_at: number }
}

function row(subject: string): AttemptTables['account_attempts'] {
  return { subject, count: 1, ends_at: 0 }
}

overDialects('the handle of accounts', (open) => {
  async function subjects(db: Kysely<AttemptTables>): Promise<string[]> {
    const rows = await db.selectFrom('account_attempts').select('subject').execute()
    return rows.map(({ subject }) => subject)
  }

  it('takes turns with the writers of the store, and nobody waits for ever', async () => {
    const store = await open()
    const accounts = store.accounts.withTables<AttemptTables>()
    const rounds = Array.from({ length: 50 }, (_, round) => `round ${round}`)
    await Promise.all(
      rounds.flatMap((subject) => [
        accounts.insertInto('account_attempts').values(row(subject)).execute(),
        accounts.transaction().execute((inside) =>
          inside
            .insertInto('account_attempts')
            .values(row(`${subject} again`))
            .execute(),
        ),
        store.transact((writes) => writes.append(event())),
        store.reads.head(),
      ]),
    )
    expect(await subjects(accounts)).toHaveLength(2 * rounds.length)
    expect((await store.reads.head()).seq).toBe(rounds.length)
  })

  it('waits until a transaction of the store has ended, and is not part of it', async () => {
    const store = await open()
    const accounts = store.accounts.withTables<AttemptTables>()
    let written: Promise<unknown> | undefined
    const failed = store.transact(async (writes) => {
      written = accounts.insertInto('account_attempts').values(row('beside')).execute()
      await writes.append(event())
      throw new Error('later step failed')
    })
    await expect(failed).rejects.toThrow('later step failed')
    await written
    expect(await subjects(accounts)).toEqual(['beside'])
    expect((await store.reads.head()).seq).toBe(0)
  })

  it('rolls back what throws, and goes on', async () => {
    const store = await open()
    const accounts = store.accounts.withTables<AttemptTables>()
    const failed = accounts.transaction().execute(async (inside) => {
      await inside.insertInto('account_attempts').values(row('gone')).execute()
      throw new Error('changed its mind')
    })
    await expect(failed).rejects.toThrow('changed its mind')
    expect(await subjects(accounts)).toEqual([])
    await accounts.insertInto('account_attempts').values(row('kept')).execute()
    expect(await subjects(accounts)).toEqual(['kept'])
  })

  it('is unavailable when the store is closed', async () => {
    const store = await open()
    await store.close()
    const accounts = store.accounts.withTables<AttemptTables>()
    const unavailable = { name: 'StoreUnavailable' }
    await expect(subjects(accounts)).rejects.toMatchObject(unavailable)
    // The first failure must not leave anybody waiting.
    await expect(accounts.transaction().execute(subjects)).rejects.toMatchObject(unavailable)
    await expect(subjects(accounts)).rejects.toMatchObject(unavailable)
  })
})
