import { expect } from 'vitest'
import { fc, property, seededRandom } from '../../testing/index.ts'
import { newUserCode, readUserCode, showUserCode } from './user-code.ts'

property([fc.nat()], 'a user code is eight letters, shown in fours and read again', (seed) => {
  const code = newUserCode(seededRandom(seed))
  expect(code).toMatch(/^[BCDFGHJKLMNPQRSTVWXZ]{8}$/)
  expect(showUserCode(code)).toMatch(/^[B-Z]{4}-[B-Z]{4}$/)
  expect(readUserCode(showUserCode(code))).toBe(code)
  expect(readUserCode(`${code}B`)).toBeUndefined()
})
