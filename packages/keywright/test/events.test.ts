import { describe, expect, it } from 'vitest'
import { acme } from './world/definitions.ts'
import { openWorld, principalOf, shown } from './world/open-world.ts'

const resource = 'organizations/o1'

describe('the events', () => {
  it('tell who did what, in commit order, without holes and without secrets', async () => {
    const world = await openWorld(acme)
    const ann = world.authority.asOperator('ann')
    const org = await shown(ann.keys.mint('org', { resource }))
    const desk = world.authority.as(await principalOf(world, org.secret))
    const agent = await shown(desk.keys.mint('agent', { resource: `${resource}/agents/a1` }))
    await desk.keys.narrow(agent.id, { name: 'x', scopes: ['events:read'] })
    const rotated = await shown(desk.keys.rotate(agent.id))
    await desk.resources.disable(`${resource}/agents/a1`)
    await desk.resources.enable(`${resource}/agents/a1`)
    await ann.keys.revoke(agent.id)
    await ann.resources.end(resource)
    const listed = await world.authority.events.list()
    if (!listed.ok) throw new Error(listed.code)
    const { events } = listed
    expect(events.map(({ seq, type, actor, keyId }) => [seq, type, actor, keyId])).toEqual([
      [1, 'key.minted', 'operator:ann', org.id],
      [2, 'key.minted', org.id, agent.id],
      [3, 'key.narrowed', org.id, agent.id],
      [4, 'key.rotated', org.id, agent.id],
      [5, 'resource.disabled', org.id, null],
      [6, 'resource.enabled', org.id, null],
      [7, 'key.revoked', 'operator:ann', agent.id],
      [8, 'resource.ended', 'operator:ann', null],
    ])
    expect(new Set(events.map(({ epoch }) => epoch)).size).toBe(1)
    const text = JSON.stringify(events)
    for (const { secret } of [org, agent, rotated]) expect(text).not.toContain(secret.slice(-30))
    for (const { digest } of world.rows('select digest from secrets')) {
      expect(text).not.toContain(String(digest))
    }
  })

  it('come in pages that go on after a number, also after a restart', async () => {
    const world = await openWorld(acme)
    for (let index = 0; index < 12; index += 1) {
      await shown(world.authority.keys.mint('org', { resource: `organizations/o${index}` }))
    }
    const first = await world.authority.events.list({ limit: 10 })
    expect(first).toMatchObject({ next: 10 })
    await world.reopen()
    const rest = await world.authority.events.list({ after: 10 })
    expect(rest).toMatchObject({ events: [{ seq: 11 }, { seq: 12 }], next: null })
  })

  it('are not written for what was refused or changed nothing', async () => {
    const world = await openWorld(acme)
    const { id } = await shown(world.authority.keys.mint('org', { resource }))
    await world.authority.keys.revoke(id)
    await world.authority.keys.revoke(id)
    await world.authority.keys.rotate(id)
    await world.authority.keys.narrow(id, { name: 'x' })
    await world.authority.resources.enable(resource)
    expect(world.rows('select seq from events')).toHaveLength(2)
  })
})
