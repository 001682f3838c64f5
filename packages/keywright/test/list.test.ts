import { describe, expect, it } from 'vitest'
import { acme } from './world/definitions.ts'
import { codeOf, openWorld, principalOf, shown } from './world/open-world.ts'

const resource = 'organizations/o1'

async function idsOf(answer: Promise<object>): Promise<readonly string[]> {
  const outcome = (await answer) as { ok: boolean; keys: readonly { id: string }[] }
  expect(outcome.ok).toBe(true)
  return outcome.keys.map(({ id }) => id)
}

describe('list', () => {
  it('pages through all keys, newest first, each of them once', async () => {
    const world = await openWorld(acme)
    const made: string[] = []
    for (let index = 0; index < 25; index += 1) {
      world.clock.advance(1)
      made.unshift((await shown(world.authority.keys.mint('org', { resource }))).id)
    }
    const seen: string[] = []
    let after: string | undefined
    do {
      const page = await world.authority.keys.list({ limit: 10, ...(after && { after }) })
      if (!page.ok) throw new Error(page.code)
      seen.push(...page.keys.map((key) => key.id))
      after = page.next ?? undefined
    } while (after !== undefined)
    expect(seen).toEqual(made)
  })

  it('tells live, revoked and expired keys apart, by the clock', async () => {
    const world = await openWorld(acme)
    const { mint, list, revoke } = world.authority.keys
    const [live, revoked, expired] = [
      await shown(mint('org', { resource })),
      await shown(mint('org', { resource })),
      await shown(mint('org', { resource, expiresInSeconds: 60 })),
    ]
    await revoke(revoked.id)
    world.clock.advance(60_000)
    expect(await idsOf(list({ standing: 'live' }))).toEqual([live.id])
    expect(await idsOf(list({ standing: 'revoked' }))).toEqual([revoked.id])
    expect(await idsOf(list({ standing: 'expired' }))).toEqual([expired.id])
    expect(await idsOf(list())).toHaveLength(3)
  })

  it('shows a key what its resource covers, in its own mode, and nothing else', async () => {
    const world = await openWorld(acme)
    const { mint } = world.authority.keys
    const org = await shown(mint('org', { resource }))
    const agent = await shown(mint('agent', { resource: `${resource}/agents/a1` }))
    await shown(mint('org', { resource, mode: 'test' }))
    await shown(mint('org', { resource: 'organizations/o10' }))
    const desk = world.authority.as(await principalOf(world, org.secret))
    expect(new Set(await idsOf(desk.keys.list()))).toEqual(new Set([org.id, agent.id]))
    expect(await idsOf(desk.keys.list({ resource: 'organizations/-/agents/a1' }))).toEqual([
      agent.id,
    ])
    const elsewhere = desk.keys.list({ resource: 'organizations/o10' })
    expect(await codeOf(elsewhere)).toBe('outside_resource')
  })

  it('takes signs that match anything in a database for what they are (row 19)', async () => {
    const world = await openWorld(acme)
    await shown(world.authority.keys.mint('org', { resource: 'organizations/o_1' }))
    await shown(world.authority.keys.mint('org', { resource: 'organizations/oX1' }))
    expect(await idsOf(world.authority.keys.list({ resource: 'organizations/o_1' }))).toHaveLength(
      1,
    )
    const percent = world.authority.keys.list({ resource: 'organizations/%' })
    expect(await codeOf(percent)).toBe('invalid_resource')
    const huge = await world.authority.keys.list({ limit: 1e9 })
    expect(huge.ok).toBe(true)
  })

  it('says so when nothing is of a kind because there is no such kind', async () => {
    const world = await openWorld(acme)
    expect(await codeOf(world.authority.keys.list({ kind: 'agnet' }))).toBe('unknown_kind')
  })
})
