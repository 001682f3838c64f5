import { covers } from '@keywright/core'
import { event, newKey } from '@keywright/storage/testing'
import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { overDialects } from './over-dialects.ts'

// Names made to collide: wildcards of LIKE, the bytes around `/`, upper and lower case, one inside the other.
const id = fc.constantFrom('a', 'ab', 'a%', 'a_', '%', '_', 'a.', 'a-', 'a0', 'a~', 'A', 'é')
const name = fc
  .array(id, { minLength: 1, maxLength: 3 })
  .map((ids) => ids.map((one, level) => `level${level}/${one}`).join('/'))

overDialects('a subtree', (open) => {
  it('has exactly the keys, events and usage that the resource covers', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(name, { minLength: 1, maxLength: 25 }),
        name,
        async (names, top) => {
          const store = await open()
          const added = names.map((resource) => newKey({ resource }))
          await store.transact(async (writes) => {
            for (const one of added) {
              await writes.insertKey(one)
              await writes.append(event({ resource: one.key.resource }))
              const use = { allowed: 1, refused: 0, units: 0, lastUsedAt: 0 }
              await writes.addUsage([{ keyId: one.key.id, day: '2026-11-21', ...use }])
            }
          })
          const expected = names.filter((resource) => covers(top, resource))
          const limit = 100
          const { reads } = store
          const keys = await reads.listKeys({ resource: top, now: 0, limit })
          expect(keys.map((key) => key.resource).toReversed()).toEqual(expected)
          const events = await reads.listEvents({ resource: top, after: 0, limit })
          expect(events.map((one) => one.resource)).toEqual(expected)
          const days = { from: '2026-11-21', to: '2026-11-21' }
          const usage = await reads.listUsage({ resource: top, ...days, limit })
          expect(usage.map((row) => row.resource)).toEqual(expected)
          await store.close()
        },
      ),
      { numRuns: 60 },
    )
  })
})
