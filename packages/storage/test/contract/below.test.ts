import { covers } from '@keywright/core'
import { event, newKey } from '@keywright/storage/testing'
import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { overDialects } from './over-dialects.ts'

// Names made to collide: wildcards of LIKE, the bytes around `/`, upper and lower case, one the beginning of another.
const IDS = ['a', 'ab', 'a%', 'a_', '%', '_', 'a.', 'a-', 'a0', 'a~', 'A', 'é']
const TOPS = IDS.map((id) => `tops/${id}`)
const MIDDLES = TOPS.flatMap((top) => IDS.map((id) => `${top}/middles/${id}`))
const LEAVES = MIDDLES.slice(0, 36).flatMap((middle) => IDS.map((id) => `${middle}/leaves/${id}`))
const NAMES = [...TOPS, ...MIDDLES, ...LEAVES]
const DAY = '2026-11-21'

overDialects('a subtree', (open) => {
  it('has exactly the keys, events and usage that the resource covers', async () => {
    const store = await open()
    await store.transact(async (writes) => {
      for (const resource of NAMES) {
        const added = newKey({ resource })
        await writes.insertKey(added)
        await writes.append(event({ resource, keyId: added.key.id }))
        const use = { allowed: 1, refused: 0, units: 0, lastUsedAt: 0 }
        await writes.addUsage([{ keyId: added.key.id, day: DAY, ...use }])
      }
    })
    const name = fc.oneof(
      fc.constantFrom(...NAMES),
      fc.tuple(fc.constantFrom(...NAMES), fc.string({ maxLength: 2 })).map(([a, b]) => a + b),
    )
    await fc.assert(
      fc.asyncProperty(name, async (resource) => {
        const expected = NAMES.filter((one) => covers(resource, one))
        const { reads } = store
        const query = { resource, now: 0, after: 0, from: DAY, to: DAY, limit: NAMES.length }
        const keys = await reads.listKeys(query)
        expect(keys.map((key) => key.resource).toReversed()).toEqual(expected)
        const events = await reads.listEvents(query)
        expect(events.map((one) => one.resource)).toEqual(expected)
        const usage = await reads.listUsage({ ...query, after: { day: '', keyId: '' } })
        expect(usage.map((row) => row.resource)).toEqual(expected)
      }),
      { numRuns: 150 },
    )
  })
})
