import { defineAuthority, perMonth, perSecond } from 'keywright'
import { describe, expect, it } from 'vitest'
import { openWorld, principalOf, shown, verdict } from './world/open-world.ts'

const resource = 'organizations/o1'

/** Organizations share `units` a month in live mode; calls may be many at once. */
function metered(units: number) {
  return defineAuthority({
    product: { name: 'Acme', slug: 'acme' },
    resources: { organizations: { agents: {} } },
    scopes: ['events:read'],
    modes: ['live', 'test'],
    keys: {
      org: { prefix: 'ac_sk', bound: 'organizations', scopes: ['*'] },
      agent: { prefix: 'ac_ak', bound: 'organizations/agents', scopes: ['events:read'] },
    },
    limits: { quota: perMonth(units).of('organizations').in('live') },
  })
}

async function openMetered(units: number) {
  const world = await openWorld(metered(units))
  const org = await shown(world.authority.keys.mint('org', { resource }))
  const granted = (): unknown => world.rows('select granted from quota_accounts')[0]?.['granted']
  return { world, org, granted }
}

function count(verdicts: readonly string[], word: string): number {
  return verdicts.filter((each) => each === word).length
}

async function burst(calls: number, call: () => Promise<string>): Promise<string[]> {
  return Promise.all(Array.from({ length: calls }, call))
}

describe('a quota', () => {
  it('with one unit left lets exactly one of 200 parallel calls pass (row 73)', async () => {
    const { world, org, granted } = await openMetered(1)
    const verdicts = await burst(200, () => verdict(world, org.secret))
    expect(count(verdicts, 'allowed')).toBe(1)
    expect(count(verdicts, 'quota_exhausted')).toBe(199)
    expect(granted()).toBe(1)
  })

  it('makes one account for eight first calls of an unseen subject (row 73)', async () => {
    const { world, org } = await openMetered(100)
    expect(count(await burst(8, () => verdict(world, org.secret)), 'allowed')).toBe(8)
    expect(world.rows('select subject, mode from quota_accounts')).toEqual([
      { subject: resource, mode: 'live' },
    ])
    await world.authority.close()
    expect(world.rows('select granted from quota_accounts')).toEqual([{ granted: 8 }])
  })

  it('gives all of 2,000 units to 2,000 parallel calls, however the blocks fall', async () => {
    const { world, org } = await openMetered(2000)
    const verdicts = await burst(2001, () => verdict(world, org.secret))
    expect(count(verdicts, 'allowed')).toBe(2000)
    expect(count(verdicts, 'quota_exhausted')).toBe(1)
  })

  it('is shared by all keys below the resource, and by no other', async () => {
    const { world, org } = await openMetered(2)
    const { mint } = world.authority.keys
    const agent = await shown(mint('agent', { resource: `${resource}/agents/a1` }))
    const other = await shown(mint('org', { resource: 'organizations/o2' }))
    expect(await verdict(world, org.secret)).toBe('allowed')
    expect(await verdict(world, agent.secret)).toBe('allowed')
    expect(await verdict(world, org.secret)).toBe('quota_exhausted')
    expect(await verdict(world, agent.secret)).toBe('quota_exhausted')
    expect(await verdict(world, other.secret)).toBe('allowed')
  })

  it('takes one unit for a request that is verified twice, also in parallel (row 77)', async () => {
    const { world, org, granted } = await openMetered(10)
    const ask = { requestId: 'req_1' }
    expect(await burst(20, () => verdict(world, org.secret, ask))).toEqual(
      Array.from({ length: 20 }, () => 'allowed'),
    )
    expect(await verdict(world, org.secret, ask)).toBe('allowed')
    await world.authority.close()
    expect(granted()).toBe(1)
    expect(world.rows('select allowed, units from usage_days')).toEqual([{ allowed: 1, units: 1 }])
  })

  it('lets a request that was refused pass later under the same name', async () => {
    const { world, org } = await openMetered(1)
    expect(await verdict(world, org.secret, { cost: 2, requestId: 'a' })).toBe('quota_exhausted')
    expect(await verdict(world, org.secret, { cost: 1, requestId: 'a' })).toBe('allowed')
  })

  it('never counts test mode', async () => {
    const { world } = await openMetered(1)
    const test = await shown(world.authority.keys.mint('org', { resource, mode: 'test' }))
    expect(count(await burst(50, () => verdict(world, test.secret)), 'allowed')).toBe(50)
    await world.authority.close()
    expect(world.rows('select * from quota_accounts')).toEqual([])
    expect(world.rows('select allowed, units from usage_days')).toEqual([{ allowed: 50, units: 0 }])
  })

  it('starts anew with the month: nothing is granted or charged twice (row 80)', async () => {
    const { world, org } = await openMetered(3)
    const monthEnd = Date.parse('2026-12-01T00:00:00Z')
    world.clock.advance(monthEnd - world.clock.now() - 1)
    expect(await verdict(world, org.secret, { cost: 2 })).toBe('allowed')
    world.clock.jump(1)
    expect(await verdict(world, org.secret, { cost: 3 })).toBe('allowed')
    expect(await verdict(world, org.secret)).toBe('quota_exhausted')
    // A clock that is set back five minutes finds the old month as it was left.
    world.clock.jump(-300_000)
    expect(await verdict(world, org.secret)).toBe('allowed')
    expect(await verdict(world, org.secret)).toBe('quota_exhausted')
    world.clock.jump(300_000)
    await world.reopen()
    expect(await verdict(world, org.secret)).toBe('quota_exhausted')
    const accounts = world.rows('select period, granted from quota_accounts order by period')
    expect(accounts).toEqual([
      { period: '2026-11', granted: 3 },
      { period: '2026-12', granted: 3 },
    ])
  })

  it('tells what is left and when it starts anew', async () => {
    const { world, org } = await openMetered(4)
    const decision = await world.authority.verify({ credential: org.secret, cost: 3 })
    const windowSeconds = 30 * 86_400
    const resetSeconds = (Date.parse('2026-12-01') - world.clock.now()) / 1000
    const limit = { name: 'quota', limit: 4, remaining: 1, windowSeconds, resetSeconds }
    expect(decision).toMatchObject({ allowed: true, limit })
    const principal = await principalOf(world, org.secret)
    const refused = await world.authority.verify({ credential: org.secret, cost: 2 })
    expect(refused).toMatchObject({ code: 'quota_exhausted', retryAfterSeconds: resetSeconds })
    const desk = world.authority.as(principal)
    expect(await desk.usage.quotas(org.id)).toMatchObject({ quotas: [{ used: 4, remaining: 0 }] })
  })

  it('is not touched by looking', async () => {
    const { world, org, granted } = await openMetered(1)
    for (let index = 0; index < 5; index += 1) {
      expect(await verdict(world, org.secret, { isPeek: true })).toBe('allowed')
    }
    await world.authority.close()
    expect(granted()).toBeUndefined()
    expect(world.rows('select * from usage_days')).toEqual([])
  })

  it('is not touched by a call that permission refuses, nor by one that costs nothing', async () => {
    const { world, org } = await openMetered(1)
    expect(await verdict(world, org.secret, { scope: 'nothing:here' })).toBe('insufficient_scope')
    expect(await verdict(world, org.secret, { cost: 0 })).toBe('allowed')
    expect(await verdict(world, org.secret, { cost: 1 })).toBe('allowed')
    expect(await verdict(world, org.secret, { cost: 0 })).toBe('allowed')
  })
})

describe('several limits', () => {
  it('are all left untouched when the last of them refuses (row 81)', async () => {
    const definition = defineAuthority({
      product: { name: 'Acme', slug: 'acme' },
      resources: { organizations: {} },
      scopes: ['events:read'],
      keys: { org: { prefix: 'ac_sk', bound: 'organizations', scopes: ['*'] } },
      limits: { rate: perSecond(5), quota: [perMonth(10), perMonth(2).of('organizations')] },
    })
    const world = await openWorld(definition)
    const org = await shown(world.authority.keys.mint('org', { resource }))
    for (let index = 0; index < 20; index += 1) {
      expect(await verdict(world, org.secret, { cost: 3 })).toBe('quota_exhausted')
    }
    const allowed = await world.authority.usage.quotas(org.id)
    expect(allowed).toMatchObject({ quotas: [{ used: 0 }, { used: 0 }] })
    expect(await burst(2, () => verdict(world, org.secret))).toEqual(['allowed', 'allowed'])
    expect(await verdict(world, org.secret)).toBe('quota_exhausted')
    await world.authority.close()
    const accounts = world.rows('select quota, granted from quota_accounts order by quota')
    expect(accounts).toEqual([
      { quota: 'quota', granted: 2 },
      { quota: 'quota-2', granted: 2 },
    ])
  })

  it('admit at most burst + rate x time over any edge of a second (row 78)', async () => {
    const definition = defineAuthority({
      product: { name: 'Acme', slug: 'acme' },
      resources: { organizations: {} },
      scopes: ['events:read'],
      keys: { org: { prefix: 'ac_sk', bound: 'organizations', scopes: ['*'] } },
      limits: { rate: perSecond(10) },
    })
    const world = await openWorld(definition)
    const org = await shown(world.authority.keys.mint('org', { resource }))
    world.clock.advance(999 - (world.clock.now() % 1000))
    expect(count(await burst(30, () => verdict(world, org.secret)), 'allowed')).toBe(10)
    world.clock.advance(2)
    expect(count(await burst(30, () => verdict(world, org.secret)), 'allowed')).toBe(0)
    world.clock.advance(998)
    expect(count(await burst(30, () => verdict(world, org.secret)), 'allowed')).toBe(10)
    // The wall clock has no say in it.
    world.clock.jump(3_600_000)
    expect(count(await burst(30, () => verdict(world, org.secret)), 'allowed')).toBe(0)
  })
})

describe('use', () => {
  it('is written behind by day and key, with the latest use, and survives the end', async () => {
    const { world, org } = await openMetered(100)
    await verdict(world, org.secret, { cost: 5 })
    await verdict(world, org.secret, { scope: 'nothing:here' })
    world.clock.advance(86_400_000)
    await verdict(world, org.secret)
    const lastUsedAt = world.clock.now()
    await world.reopen()
    const read = await world.authority.usage.read({ from: '2026-11-21', to: '2026-11-22' })
    const row = { keyId: org.id, kind: 'org', resource, mode: 'live' }
    expect(read).toMatchObject({
      rows: [
        { ...row, day: '2026-11-21', allowed: 1, refused: 1, units: 5 },
        { ...row, day: '2026-11-22', allowed: 1, refused: 0, units: 1 },
      ],
    })
    expect(await world.authority.keys.show(org.id)).toMatchObject({ key: { lastUsedAt } })
  })
})
