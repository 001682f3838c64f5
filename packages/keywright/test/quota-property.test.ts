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

type Step = typeof step extends fc.Arbitrary<infer One> ? One : never
const openMetered = () => openWorld(definition)
type Metered = Awaited<ReturnType<typeof openMetered>>

/** One organization's use of its quota; `#used` is the model. */
class Use {
  readonly #world: Metered
  readonly #resource: string
  readonly #secret: string
  #used = 0

  constructor(world: Metered, resource: string, secret: string) {
    this.#world = world
    this.#resource = resource
    this.#secret = secret
  }

  async run(each: Step): Promise<void> {
    this.#world.clock.advance(1)
    if (each.type === 'use') await this.#one(each.cost)
    else if (each.type === 'together') await this.#together(each.costs)
    else if (each.type === 'reopen') await this.#reopen()
    else this.#nextMonth()
  }

  async #one(cost: number): Promise<void> {
    const fits = this.#used + cost <= LIMIT
    const word = await verdict(this.#world, this.#secret, { cost })
    expect(word).toBe(fits ? 'allowed' : 'quota_exhausted')
    if (fits) this.#used += cost
  }

  async #together(costs: readonly number[]): Promise<void> {
    const calls = costs.map((cost) => verdict(this.#world, this.#secret, { cost }))
    const verdicts = await Promise.all(calls)
    const taken = costs.filter((_, index) => verdicts[index] === 'allowed')
    const refused = costs.filter((_, index) => verdicts[index] === 'quota_exhausted')
    expect(taken.length + refused.length).toBe(costs.length)
    this.#used += taken.reduce((sum, cost) => sum + cost, 0)
    expect(this.#used).toBeLessThanOrEqual(LIMIT)
    // Refused only for want of units: none of the refused would still fit.
    for (const cost of refused) expect(this.#used + cost).toBeGreaterThan(LIMIT)
  }

  async #reopen(): Promise<void> {
    await this.#world.reopen()
    const period = new Date(this.#world.clock.now()).toISOString().slice(0, 7)
    const where = `where subject = '${this.#resource}' and period = '${period}'`
    const [row] = this.#world.rows(`select granted from quota_accounts ${where}`)
    expect(row?.['granted'] ?? 0).toBe(this.#used)
  }

  #nextMonth(): void {
    const now = new Date(this.#world.clock.now())
    const next = Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + 1, 1)
    this.#world.clock.advance(next - now.getTime())
    this.#used = 0
  }
}

it('gives each unit of a month once, whatever the costs, and unspent ones back at a clean end', async () => {
  const world = await openMetered()
  let trace = 0
  const run = async (steps: readonly Step[]): Promise<void> => {
    trace += 1
    const resource = `organizations/o${trace}`
    const { secret } = await shown(world.authority.keys.mint('org', { resource }))
    const use = new Use(world, resource, secret)
    for (const each of steps) await use.run(each)
  }
  await fc.assert(fc.asyncProperty(fc.array(step, { maxLength: 25 }), run), { numRuns: 60 })
}, 60_000)
