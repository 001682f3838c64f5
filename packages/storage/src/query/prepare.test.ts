import { expect, it } from 'vitest'
import { openSqlite } from '../dialects/sqlite/open.ts'
import { prepare } from './prepare.ts'

it('builds a query once and runs it with other values', async () => {
  const { writer, close } = openSqlite({ path: ':memory:' })
  await writer.schema
    .createTable('meta')
    .addColumn('name', 'text')
    .addColumn('value', 'text')
    .execute()
  await writer
    .insertInto('meta')
    .values([
      { name: 'a', value: '1' },
      { name: 'b', value: '2' },
    ])
    .execute()
  let builds = 0
  const find = prepare((db, { name }: { name: string }) => {
    builds += 1
    return db.selectFrom('meta').select('value').where('name', '=', name)
  })
  expect(await find(writer, { name: 'a' })).toEqual([{ value: '1' }])
  expect(await find(writer, { name: 'b' })).toEqual([{ value: '2' }])
  await writer.transaction().execute(async (transaction) => {
    expect(await find(transaction, { name: 'c' })).toEqual([])
  })
  expect(builds).toBe(1)
  close()
})

it('refuses to read a value while it builds, and to run without one', async () => {
  const { writer, close } = openSqlite({ path: ':memory:' })
  const early = prepare((db, { name }: { name: string }) =>
    db.selectFrom('meta').select('value').where('name', '=', `${name}!`),
  )
  await expect(early(writer, { name: 'a' })).rejects.toThrow('not known while its query is built')
  const missing = prepare((db, { name }: { name?: string }) =>
    db
      .selectFrom('meta')
      .select('value')
      .where('name', '=', name as string),
  )
  await expect(missing(writer, {})).rejects.toThrow("needs a value 'name'")
  close()
})
