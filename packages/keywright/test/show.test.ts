import { describe, expect, it } from 'vitest'
import { acme } from './world/definitions.ts'
import { codeOf, openWorld, principalOf, shown } from './world/open-world.ts'

describe('show', () => {
  it('answers a key of another tenant, of another mode and an absent one alike, on every verb (row 13)', async () => {
    const world = await openWorld(acme)
    const { mint } = world.authority.keys
    const own = await shown(mint('org', { resource: 'organizations/o1' }))
    const foreign = await shown(mint('agent', { resource: 'organizations/o2/agents/a1' }))
    const other = await shown(
      mint('agent', { resource: 'organizations/o1/agents/a1', mode: 'test' }),
    )
    const desk = world.authority.as(await principalOf(world, own.secret))
    const before = world.rows('select * from keys order by id')
    const absent = await desk.keys.show('key_00000000000000000000')
    for (const { id } of [foreign, other]) {
      expect(await desk.keys.show(id)).toEqual(absent)
      expect(await desk.keys.narrow(id, { name: 'mine' })).toEqual(absent)
      expect(await desk.keys.rotate(id)).toEqual(absent)
      expect(await desk.keys.revoke(id)).toEqual(absent)
      expect(await desk.usage.quotas(id)).toEqual(absent)
    }
    expect(world.rows('select * from keys order by id')).toEqual(before)
    expect(await codeOf(desk.events.list({ keyId: foreign.id }))).toBe('ok')
    expect(await desk.events.list({ keyId: foreign.id })).toMatchObject({ events: [] })
    expect(await desk.events.list({ keyId: other.id })).toMatchObject({ events: [] })
  })

  it('lets a key look at itself without any scope for it', async () => {
    const world = await openWorld(acme)
    const run = await shown(
      world.authority.keys.mint('run', { resource: 'organizations/o1/agents/a1/runs/r1' }),
    )
    const desk = world.authority.as(await principalOf(world, run.secret))
    expect(await desk.keys.show(run.id)).toMatchObject({ ok: true, key: { id: run.id } })
    expect(await codeOf(desk.keys.list())).toBe('insufficient_scope')
  })

  it('holds no secret and no digest', async () => {
    const world = await openWorld(acme)
    const { id, secret } = await shown(
      world.authority.keys.mint('org', { resource: 'organizations/o1' }),
    )
    const text = JSON.stringify(await world.authority.keys.show(id))
    const [row] = world.rows('select digest from secrets')
    expect(text).not.toContain(secret.slice(-30))
    expect(text).not.toContain(String(row?.['digest']))
  })
})
