import { fc, property } from '@keywright/core/testing'
import { describe, expect, it } from 'vitest'
import { Generations } from './generations.ts'

describe('a bounded map', () => {
  it('keeps what is used and forgets what is not', () => {
    const map = new Generations<number>(4)
    map.set('used', 1)
    for (let n = 0; n < 100; n += 1) {
      map.set(`other-${n}`, n)
      expect(map.get('used')).toBe(1)
    }
    expect(map.get('other-0')).toBeUndefined()
  })

  const steps = fc.array(
    fc.tuple(fc.constantFrom('get', 'set', 'delete'), fc.integer({ min: 0, max: 30 })),
  )

  property(
    [fc.integer({ min: 2, max: 20 }), steps],
    'never holds more than its capacity, nor a wrong value',
    (capacity, all) => {
      const map = new Generations<number>(capacity)
      const model = new Map<string, number>()
      for (const [step, n] of all) {
        const key = String(n)
        if (step === 'set') {
          map.set(key, n * 7)
          model.set(key, n * 7)
        } else if (step === 'delete') {
          map.delete(key)
          model.delete(key)
        } else {
          const value = map.get(key)
          if (value !== undefined) expect(value).toBe(model.get(key))
        }
        expect(map.size).toBeLessThanOrEqual(capacity + 1)
      }
    },
  )

  property(
    [fc.integer({ min: 1, max: 10 })],
    'keeps the last half of its capacity whatever came before',
    (half) => {
      const map = new Generations<number>(half * 2)
      for (let n = 0; n < 50; n += 1) map.set(String(n), n)
      for (let n = 50 - half; n < 50; n += 1) expect(map.get(String(n))).toBe(n)
    },
  )
})
