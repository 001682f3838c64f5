import { expect, it } from 'vitest'
import { refuseOldSqlite } from './version.ts'

it.each(['3.7.0', '3.50.4', '3.51.2', '2.99.99', 'unknown', ''])('refuses SQLite %s', (version) => {
  expect(() => refuseOldSqlite(version)).toThrow(
    expect.objectContaining({ code: 'sqlite_too_old', fix: 'Use a newer Node.js.' }),
  )
})

it.each(['3.51.3', '3.51.10', '3.53.4', '4.0.0'])('takes SQLite %s', (version) => {
  expect(() => refuseOldSqlite(version)).not.toThrow()
})
