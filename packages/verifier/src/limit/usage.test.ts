import { describe, expect, it } from 'vitest'
import { UsageCounter } from './usage.ts'

const MIDNIGHT = Date.parse('2026-11-22T00:00:00Z')

describe('usage', () => {
  it('is counted by key and day in UTC', () => {
    const usage = new UsageCounter(() => {})
    usage.noteAllowed('key_a', 3, MIDNIGHT - 1)
    usage.noteRefused('key_a', MIDNIGHT - 1)
    usage.noteAllowed('key_a', 1, MIDNIGHT)
    expect(usage.drain()).toEqual([
      {
        keyId: 'key_a',
        day: '2026-11-21',
        allowed: 1,
        refused: 1,
        units: 3,
        lastUsedAt: MIDNIGHT - 1,
      },
      { keyId: 'key_a', day: '2026-11-22', allowed: 1, refused: 0, units: 1, lastUsedAt: MIDNIGHT },
    ])
    expect(usage.drain()).toEqual([])
  })

  it('that could not be written is kept and handed over again', () => {
    const usage = new UsageCounter(() => {})
    usage.noteAllowed('key_a', 1, MIDNIGHT)
    usage.restore(usage.drain())
    usage.noteAllowed('key_a', 1, MIDNIGHT)
    const total = usage.drain().reduce((sum, delta) => sum + delta.allowed, 0)
    expect(total).toBe(2)
  })

  it('asks to be written when much has gathered', () => {
    let asked = 0
    const usage = new UsageCounter(() => (asked += 1))
    for (let n = 0; n < 50_000; n += 1) usage.noteAllowed(`key_${n}`, 1, MIDNIGHT)
    expect(asked).toBe(1)
  })
})
