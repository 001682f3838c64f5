import { describe, expect, it } from 'vitest'
import { NetworkGuard } from './network.ts'

describe('guessing from one network', () => {
  it('is slowed down after a hundred unknown secrets, and others are not (row 6)', () => {
    const guard = new NetworkGuard()
    for (let n = 0; n < 100; n += 1) {
      expect(guard.waitSeconds('203.0.113.9', 0)).toBe(0)
      guard.noteUnknown('203.0.113.9', 0)
    }
    expect(guard.waitSeconds('203.0.113.9', 0)).toBe(1)
    expect(guard.waitSeconds('203.0.113.10', 0)).toBe(0)
    expect(guard.waitSeconds('203.0.113.9', 1e8)).toBe(0)
  })
})
