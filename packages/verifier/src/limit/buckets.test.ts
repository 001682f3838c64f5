import { gcra, gcraOf } from '@keywright/core'
import { fc, property } from '@keywright/core/testing'
import { describe, expect, it } from 'vitest'
import { RateBuckets } from './buckets.ts'

const limit = gcraOf({ count: 10, periodMs: 1000, burstCount: 5 })
const calls = fc.array(
  fc.record({
    wait: fc.integer({ min: 0, max: 400_000_000 }),
    subject: fc.constantFrom('a', 'b', 'c'),
  }),
  { maxLength: 300 },
)

describe('buckets that are dropped when they must be full again', () => {
  property([calls], 'decide exactly like buckets that are kept for ever', (all) => {
    const buckets = new RateBuckets(limit)
    const kept = new Map<string, number>()
    let now = 1e9
    for (const { wait, subject } of all) {
      now += wait
      const bucket = buckets.find(subject, now)
      const verdict = gcra(limit, bucket.tat, now)
      const model = gcra(limit, kept.get(subject) ?? 0, now)
      expect(verdict.admitted).toBe(model.admitted)
      if (!verdict.admitted) continue
      bucket.tat = verdict.tat
      kept.set(subject, model.tat)
    }
  })

  it('hold only the callers of the last moments', () => {
    const buckets = new RateBuckets(limit)
    for (let n = 0; n < 100_000; n += 1) {
      buckets.find(`caller-${n}`, n * 1e6).tat = n * 1e6 + 1
    }
    expect(buckets.size).toBeLessThanOrEqual(1002)
  })

  it('a flood of new callers does not free one that is being refused', () => {
    const buckets = new RateBuckets(limit)
    const refusedUntil = 5 * limit.intervalNs
    buckets.find('refused', 0).tat = refusedUntil
    for (let n = 0; n < 100_000; n += 1) buckets.find(`caller-${n}`, 1).tat = 1
    expect(gcra(limit, buckets.find('refused', 1).tat, 1).admitted).toBe(false)
  })
})
