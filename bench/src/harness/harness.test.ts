import { expect, test } from 'vitest'
import { medianOf } from './median.ts'
import { compare } from './rounds.ts'
import { tableOf } from './table.ts'

test('the median of an even number of values lies between the middle two', () => {
  expect(medianOf([9, 1, 5])).toBe(5)
  expect(medianOf([4, 1, 3, 2])).toBe(2.5)
  expect(() => medianOf([])).toThrow(RangeError)
})

test('rounds alternate in who begins, the first is not counted, and the ratio is the median of ratios', async () => {
  const calls: string[] = []
  const side = (name: string, rates: number[]) => async () => {
    calls.push(name)
    return rates.shift() as number
  }
  const verdict = await compare({
    rounds: 3,
    ours: side('ours', [1, 10, 40, 30]),
    theirs: side('theirs', [1000, 20, 40, 10]),
  })
  expect(calls.join(' ')).toBe('ours theirs theirs ours ours theirs theirs ours')
  expect(verdict).toEqual({ ours: 30, theirs: 20, ratio: 1 })
})

test('the table aligns its columns and says which goals are reached', () => {
  const row = { measure: 'a', comparedWith: 'b', unit: '/s', goal: 'at least 0.5' } as const
  const table = tableOf([
    { ...row, ours: 1_234_567.8, theirs: 2_000_000, ratio: 0.617, isReached: true },
    { ...row, ours: 9, theirs: 90, ratio: 0.1, isReached: false },
  ])
  expect(table).toMatchInlineSnapshot(`
    "measure          ours  compared with        theirs  ratio  goal          reached
    -------  ------------  -------------  ------------  -----  ------------  -------
    a        1 234 568 /s  b              2 000 000 /s   0.62  at least 0.5  yes
    a                9 /s  b                     90 /s   0.10  at least 0.5  no"
  `)
})
