import type { KeyFacts } from '@keywright/core'
import { defineAuthority, factsOf } from '@keywright/core'
import { describe, expect, it } from 'vitest'
import { snapshot } from '../../testing/scripted-source.ts'
import { UsageCounter } from './usage.ts'

const MIDNIGHT = Date.parse('2026-11-22T00:00:00Z')

const definition = defineAuthority({
  product: { name: 'Acme', slug: 'acme' },
  resources: { organizations: {} },
  scopes: ['a:read'],
  keys: { org: { prefix: 'ac_sk', bound: 'organizations', scopes: ['*'] } },
})

function factsFor(id: string): KeyFacts {
  const read = { snapshot: snapshot({ id }), seq: 1 }
  return factsOf(definition, read, (_, make) => make()) as KeyFacts
}

describe('usage', () => {
  it('is counted by key and day in UTC', () => {
    const usage = new UsageCounter(() => {})
    const key = factsFor('key_a')
    usage.noteAllowed(key, 3, MIDNIGHT - 1)
    usage.noteRefused(key, MIDNIGHT - 1)
    usage.noteAllowed(key, 1, MIDNIGHT)
    const keyId = 'key_a'
    expect(usage.drain()).toEqual([
      { keyId, day: '2026-11-21', allowed: 1, refused: 1, units: 3, lastUsedAt: MIDNIGHT - 1 },
      { keyId, day: '2026-11-22', allowed: 1, refused: 0, units: 1, lastUsedAt: MIDNIGHT },
    ])
    expect(usage.drain()).toEqual([])
  })

  it('of a key that was read again meanwhile is handed over with what came before', () => {
    const usage = new UsageCounter(() => {})
    for (let read = 0; read < 3; read += 1) usage.noteAllowed(factsFor('key_a'), 2, MIDNIGHT)
    const units = usage.drain().reduce((sum, delta) => sum + delta.units, 0)
    expect(units).toBe(6)
  })

  it('that could not be written is kept and handed over again', () => {
    const usage = new UsageCounter(() => {})
    const key = factsFor('key_a')
    usage.noteAllowed(key, 1, MIDNIGHT)
    usage.restore(usage.drain())
    usage.noteAllowed(key, 1, MIDNIGHT)
    const total = usage.drain().reduce((sum, delta) => sum + delta.allowed, 0)
    expect(total).toBe(2)
  })

  it('is counted to the last when it is taken away in the moment that it is too much', () => {
    let allowed = 0
    let refused = 0
    const usage = new UsageCounter(() => {
      for (const delta of usage.drain()) {
        allowed += delta.allowed
        refused += delta.refused
      }
    })
    for (let n = 0; n < 50_000; n += 1) usage.noteAllowed(factsFor(`key_${n}`), 1, MIDNIGHT)
    for (let n = 0; n < 50_000; n += 1) usage.noteRefused(factsFor(`key_${n}`), MIDNIGHT)
    expect([allowed, refused]).toEqual([50_000, 50_000])
  })

  it('asks to be written when much has gathered', () => {
    let asked = 0
    const usage = new UsageCounter(() => (asked += 1))
    for (let n = 0; n < 50_000; n += 1) usage.noteAllowed(factsFor(`key_${n}`), 1, MIDNIGHT)
    expect(asked).toBe(1)
  })
})
