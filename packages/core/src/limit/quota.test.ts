import { describe, expect, it } from 'vitest'
import { fc, test as property } from '../../testing/property.ts'
import { blockSize, periodEndsAt, periodOf } from './quota.ts'

describe('a quota period', () => {
  it('is the calendar month in UTC', () => {
    expect(periodOf(Date.parse('2026-11-30T23:59:59.999Z'))).toBe('2026-11')
    expect(periodOf(Date.parse('2026-12-01T00:00:00Z'))).toBe('2026-12')
    expect(periodEndsAt('2026-11')).toBe(Date.parse('2026-12-01T00:00:00Z'))
    expect(periodEndsAt('2026-12')).toBe(Date.parse('2027-01-01T00:00:00Z'))
  })

  const moments = fc.integer({ min: 0, max: Date.parse('2100-01-01T00:00:00Z') })
  property(
    [moments],
    'ends with the first moment that belongs to another one (row 80)',
    (moment) => {
      const period = periodOf(moment)
      const end = periodEndsAt(period)
      expect(moment).toBeLessThan(end)
      expect(periodOf(end - 1)).toBe(period)
      expect(periodOf(end)).not.toBe(period)
    },
  )
})

describe('a block', () => {
  const units = fc.integer({ min: 0, max: 1_000_000 })

  property(
    [units, units],
    'covers what is needed and is never more than is left',
    (left, needed) => {
      const size = blockSize(left, needed)
      expect(size).toBeLessThanOrEqual(left)
      if (needed <= left) expect(size).toBeGreaterThanOrEqual(needed)
      else expect(size).toBe(0)
    },
  )

  it('shrinks with what is left, so that a crash burns little', () => {
    expect(blockSize(10_000, 1)).toBe(1000)
    expect(blockSize(100, 1)).toBe(25)
    expect(blockSize(3, 1)).toBe(1)
  })
})
