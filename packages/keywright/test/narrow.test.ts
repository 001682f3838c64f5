import { describe, expect, it } from 'vitest'
import { acme } from './world/definitions.ts'
import { codeOf, openWorld, principalOf, shown, verdict } from './world/open-world.ts'

const resource = 'organizations/o1'
const agentResource = `${resource}/agents/a1`

describe('narrow', () => {
  it('takes scopes away at once, cached or not', async () => {
    const world = await openWorld(acme)
    const { id, secret } = await shown(world.authority.keys.mint('org', { resource }))
    expect(await verdict(world, secret, { scope: 'agents:write' })).toBe('allowed')
    await world.authority.keys.narrow(id, { scopes: ['agents:read', 'keys:*'] })
    expect(await verdict(world, secret, { scope: 'agents:write' })).toBe('insufficient_scope')
    expect(await verdict(world, secret, { scope: 'agents:read' })).toBe('allowed')
    await world.reopen()
    expect(await verdict(world, secret, { scope: 'agents:write' })).toBe('insufficient_scope')
  })

  it('of a parent narrows its children and theirs', async () => {
    const world = await openWorld(acme)
    const org = await shown(world.authority.keys.mint('org', { resource }))
    const orgDesk = world.authority.as(await principalOf(world, org.secret))
    const agent = await shown(orgDesk.keys.mint('agent', { resource: agentResource }))
    const agentDesk = world.authority.as(await principalOf(world, agent.secret))
    const run = await shown(agentDesk.keys.mint('run', { resource: `${agentResource}/runs/r1` }))
    expect(await verdict(world, run.secret, { scope: 'events:write' })).toBe('allowed')
    await world.authority.keys.narrow(org.id, { scopes: ['events:read', 'keys:*'] })
    expect(await verdict(world, run.secret, { scope: 'events:write' })).toBe('insufficient_scope')
    expect(await verdict(world, run.secret, { scope: 'events:read' })).toBe('allowed')
    expect(await verdict(world, agent.secret, { scope: 'agents:read' })).toBe('insufficient_scope')
  })

  it('of a parent to an earlier end ends its children then', async () => {
    const world = await openWorld(acme)
    const org = await shown(world.authority.keys.mint('org', { resource }))
    const desk = world.authority.as(await principalOf(world, org.secret))
    const agent = await shown(desk.keys.mint('agent', { resource: agentResource }))
    await world.authority.keys.narrow(org.id, { expiresInSeconds: 60 })
    world.clock.advance(59_999)
    expect(await verdict(world, agent.secret)).toBe('allowed')
    world.clock.advance(1)
    expect(await verdict(world, agent.secret)).toBe('key_expired')
  })

  it('never widens: neither scopes nor the lifetime', async () => {
    const world = await openWorld(acme)
    const { mint, narrow } = world.authority.keys
    const { id } = await shown(
      mint('org', { resource, scopes: ['agents:read'], expiresInSeconds: 60 }),
    )
    expect(await codeOf(narrow(id, { scopes: ['agents:write'] }))).toBe('not_narrower')
    expect(await codeOf(narrow(id, { scopes: ['agents:*'] }))).toBe('not_narrower')
    expect(await codeOf(narrow(id, { scopes: ['*'] }))).toBe('not_narrower')
    expect(await codeOf(narrow(id, { scopes: [] }))).toBe('unknown_scope')
    expect(await codeOf(narrow(id, { expiresInSeconds: 61 }))).toBe('not_narrower')
    expect(await codeOf(narrow(id, { expiresInSeconds: 0 }))).toBe('invalid_lifetime')
    expect(await codeOf(narrow(id, { expiresInSeconds: 59 }))).toBe('ok')
  })

  it('renames and describes, and takes name and description away again', async () => {
    const world = await openWorld(acme)
    const { id, secret } = await shown(world.authority.keys.mint('org', { resource }))
    const { narrow } = world.authority.keys
    expect(await narrow(id, { name: 'ci', metadata: { team: 'blue' } })).toMatchObject({
      key: { name: 'ci', metadata: { team: 'blue' } },
    })
    expect((await principalOf(world, secret)).metadata).toEqual({ team: 'blue' })
    expect(await narrow(id, { name: null, metadata: null })).toMatchObject({
      key: { name: null, metadata: null },
    })
    expect((await principalOf(world, secret)).metadata).toBeNull()
  })

  it('leaves a revoked key as it is, and writes no event for no change', async () => {
    const world = await openWorld(acme)
    const { id } = await shown(world.authority.keys.mint('org', { resource }))
    expect(await codeOf(world.authority.keys.narrow(id, {}))).toBe('ok')
    expect(world.rows('select type from events')).toEqual([{ type: 'key.minted' }])
    await world.authority.keys.revoke(id)
    expect(await codeOf(world.authority.keys.narrow(id, { name: 'x' }))).toBe('key_ended')
  })

  it('leaves the metadata of a key to those who mint it: a key cannot change its own', async () => {
    const world = await openWorld(acme)
    const { mint, narrow } = world.authority.keys
    const { id, secret } = await shown(mint('org', { resource, metadata: { plan: 'free' } }))
    const own = world.authority.as(await principalOf(world, secret)).keys
    expect(await codeOf(own.narrow(id, { metadata: { plan: 'gold' } }))).toBe('not_narrower')
    expect(await codeOf(own.narrow(id, { metadata: null }))).toBe('not_narrower')
    expect(await codeOf(own.narrow(id, { name: 'mine' }))).toBe('ok')
    expect(await codeOf(narrow(id, { metadata: { plan: 'gold' } }))).toBe('ok')
  })
})
