import { describe, expect, it } from 'vitest'
import { fc, test as property } from '../../testing/property.ts'
import { gcra, gcraOf } from './gcra.ts'

const SECOND_NS = 1e9

const limits = fc.record({
  count: fc.integer({ min: 1, max: 100_000 }),
  periodMs: fc.constantFrom(1000, 60_000),
  burstCount: fc.integer({ min: 1, max: 50 }),
})
const gaps = fc.array(fc.integer({ min: 0, max: 3 * SECOND_NS }), { minLength: 1, maxLength: 200 })

function run(limit: ReturnType<typeof gcraOf>, waits: readonly number[]): number[] {
  let tat = 0
  let now = 5 * SECOND_NS
  const admittedAt: number[] = []
  for (const wait of waits) {
    now += wait
    const verdict = gcra(limit, tat, now)
    tat = verdict.tat
    if (verdict.admitted) admittedAt.push(now)
  }
  return admittedAt
}

describe('GCRA', () => {
  it('admits a burst at once and then one an interval', () => {
    const limit = gcraOf({ count: 10, periodMs: 1000, burstCount: 10 })
    expect(run(limit, Array<number>(30).fill(0))).toHaveLength(10)
    expect(run(limit, [...Array<number>(30).fill(0), SECOND_NS / 10, 0])).toHaveLength(11)
  })

  property(
    [limits, gaps],
    'admits at most burst + rate x time over any span (row 78: no window edge to exploit)',
    (input, waits) => {
      const limit = gcraOf(input)
      const admittedAt = run(limit, waits)
      for (const [first, start] of admittedAt.entries()) {
        for (const [last, end] of admittedAt.entries()) {
          if (last < first) continue
          const most = input.burstCount + ((end - start) / 1e6 / input.periodMs) * input.count
          expect(last - first + 1).toBeLessThanOrEqual(most)
        }
      }
    },
  )

  property([limits, gaps], 'tells exactly when the next call is admitted', (input, waits) => {
    const limit = gcraOf(input)
    let tat = 0
    let now = 0
    for (const wait of waits) {
      now += wait
      const verdict = gcra(limit, tat, now)
      if (!verdict.admitted) {
        expect(gcra(limit, tat, now + verdict.retryNs).admitted).toBe(true)
        expect(gcra(limit, tat, now + verdict.retryNs - 1).admitted).toBe(false)
      }
      tat = verdict.tat
    }
  })

  property([limits], 'counts down to zero before it refuses', (input) => {
    const limit = gcraOf(input)
    let tat = 0
    for (let left = input.burstCount - 1; left >= 0; left -= 1) {
      const verdict = gcra(limit, tat, 0)
      expect(verdict).toMatchObject({ admitted: true, remaining: left })
      tat = verdict.tat
    }
    expect(gcra(limit, tat, 0).admitted).toBe(false)
  })
})
