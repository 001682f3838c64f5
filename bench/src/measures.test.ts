import { expect, test } from 'vitest'
import type { MeasureName } from './measures.ts'
import { effortOf, MEASURES, namesOf } from './measures.ts'

// Only that it runs: how fast it is depends on the machine and is no business of a test.
test.each(namesOf([]))('%s runs and reports finite numbers', { timeout: 30_000 }, async (name) => {
  const rows = await MEASURES[name](effortOf(true))
  expect(rows.length).toBeGreaterThan(0)
  for (const { ours, theirs, ratio } of rows) {
    expect([ours, theirs, ratio].every(Number.isFinite)).toBe(true)
  }
})

test('--only takes measures by name and refuses others with the names there are', () => {
  expect(namesOf(['mint', 'heap'])).toEqual<MeasureName[]>(['heap', 'mint'])
  expect(() => namesOf(['speed'])).toThrow(/There is no measure 'speed'\. There are verify-cached/)
})
