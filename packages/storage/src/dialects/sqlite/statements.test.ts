import { DatabaseSync } from 'node:sqlite'
import { expect, it } from 'vitest'
import { StatementCache } from './statements.ts'

it('prepares a text once and tells whether it gives rows', () => {
  const database = new DatabaseSync(':memory:')
  database.exec('create table t (a integer)')
  const cache = new StatementCache(database)
  const select = cache.get('select a from t')
  expect(cache.get('select a from t')).toBe(select)
  expect(select.hasRows).toBe(true)
  expect(cache.get('insert into t values (1)').hasRows).toBe(false)
  expect(cache.get('insert into t values (1) returning a').hasRows).toBe(true)
})

it('forgets the statement used longest ago when it is full', () => {
  const cache = new StatementCache(new DatabaseSync(':memory:'), 2)
  const first = cache.get('select 1')
  const second = cache.get('select 2')
  cache.get('select 1')
  cache.get('select 3')
  expect(cache.size).toBe(2)
  expect(cache.get('select 1')).toBe(first)
  expect(cache.get('select 2')).not.toBe(second)
})
