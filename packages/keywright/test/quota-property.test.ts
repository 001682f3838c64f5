// A quota against the simplest model of one: a number that goes up. Costs, restarts and months are random.

import { fc } from '@keywright/core/testing'
import { defineAuthority, perMonth } from 'keywright'
import { expect, it } from 'vitest'
import { openWorld, shown, verdict } from './world/open-world.ts'

const LIMIT = 60

const definition = defineAuthority({
  product: { name: 'Acme', slug: 'acme' },
  resources: { organizations: {} },
  scopes: ['events:read'],
  keys: { org: { prefix: 'ac_sk', bound: 'organizations', scopes: ['*'] } },
  limits: { quota: perMonth(LIMIT).of('organizations') },
})

const step = fc.oneof(
  { weight: 8, arbitrary: fc.record({ type: fc.constant('use' as const), cost: fc.nat(30) }) },
  {
    weight: 4,
    arbitrary: fc.record({
      type: fc.constant('together' as const),
      costs: fc.array(fc.nat(12), { minLength: 2, maxLength: 12 }),
    }),
  },
  { weight: 2, arbitrary: fc.constant({ type: 'reopen' as const }) },
  { weight: 1, arbitrary: fc.constant({ type: 'month' as const }) },
)

it('gives each unit of a month once, whatever the costs, and unspent ones back at a clean end', async () => {
  const world = await openWorld(definition)
  let trace = 0
  const run = async (steps: readonly (typeof step extends fc.Arbitrary<infer T> ? T : never)[]) => {
    trace += 1
    const resource = `organizations/o${trace}`
    const { secret } = await shown(world.authority.keys.mint('org', { resource }))
    let used = 0
    for (const each of steps) {
      if (each.type === 'use') {
        const expected = used + each.cost <= LIMIT ? 'allowed' : 'quota_exhausted'
        expect(await verdict(world, secret, { cost: each.cost })).toBe(expected)
        if (expected === 'allowed') used += each.cost
      } else if (each.type === 'together') {
        const calls = each.costs.map((cost) => verdict(world, secret, { cost }))
        const verdicts = await Promise.all(calls)
        const taken = each.costs.filter((_, index) => verdicts[index] === 'allowed')
        used += taken.reduce((sum, cost) => sum + cost, 0)
        expect(used).toBeLessThanOrEqual(LIMIT)
        // Refused only for want of units: none of the refused would still fit.
        for (const [index, cost] of each.costs.entries()) {
          if (verdicts[index] !== 'allowed') expect(used + cost).toBeGreaterThan(LIMIT)
        }
      } else if (each.type === 'reopen') {
        await world.reopen()
        const where = `where subject = '${resource}' order by period desc limit 1`
        const [row] = world.rows(`select granted from quota_accounts ${where}`)
        if (used > 0) expect(row).toEqual({ granted: used })
      } else {
        const now = new Date(world.clock.now())
        const next = Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + 1, 1)
        world.clock.advance(next - world.clock.now())
        used = 0
      }
      world.clock.advance(1)
    }
  }
  await fc.assert(fc.asyncProperty(fc.array(step, { maxLength: 25 }), run), { numRuns: 60 })
}, 60_000)
