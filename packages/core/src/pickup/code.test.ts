import { expect } from 'vitest'
import { fc, property, seededRandom } from '../../testing/index.ts'
import { newPickupCode, readPickupCode, showPickupCode } from './code.ts'

property([fc.nat()], 'a pick-up code is sixteen letters, shown in fours and read again', (seed) => {
  const code = newPickupCode(seededRandom(seed))
  expect(code).toMatch(/^[BCDFGHJKLMNPQRSTVWXZ]{16}$/)
  expect(showPickupCode(code)).toMatch(/^(?:[B-Z]{4}-){3}[B-Z]{4}$/)
  expect(readPickupCode(showPickupCode(code))).toBe(code)
})

property([fc.nat()], 'half of one, as a user code is, or more is none', (seed) => {
  const code = newPickupCode(seededRandom(seed))
  for (const other of [code.slice(8), code.slice(1), `${code}B`]) {
    expect(readPickupCode(other)).toBeUndefined()
  }
})
