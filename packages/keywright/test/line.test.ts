import { defineAuthority } from 'keywright'
import { describe, expect, it } from 'vitest'
import { codeOf, openWorld, principalOf, shown, verdict } from './world/open-world.ts'

// A kind that mints its own kind, so that a branch can grow without end.
const endless = defineAuthority({
  product: { name: 'Acme', slug: 'acme' },
  resources: { organizations: {} },
  scopes: ['a:read'],
  keys: { org: { prefix: 'ac', bound: 'organizations', scopes: ['*'], mintedBy: ['org'] } },
})

describe('a branch of keys', () => {
  it('has at most 32 keys above a key, and ends with any of them', async () => {
    const world = await openWorld(endless)
    const resource = 'organizations/o1'
    const first = await shown(world.authority.keys.mint('org', { resource }))
    let last = first
    for (let depth = 1; depth <= 32; depth += 1) {
      const desk = world.authority.as(await principalOf(world, last.secret))
      last = await shown(desk.keys.mint('org', { resource }))
    }
    const desk = world.authority.as(await principalOf(world, last.secret))
    expect(await codeOf(desk.keys.mint('org', { resource }))).toBe('exceeds_parent')
    await world.authority.keys.revoke(first.id)
    expect(await verdict(world, last.secret)).toBe('key_revoked')
  })
})

describe('a key below another', () => {
  it('of its own kind learns no secret of it and does not describe or end it', async () => {
    const world = await openWorld(endless)
    const resource = 'organizations/o1'
    const first = await shown(
      world.authority.keys.mint('org', { resource, metadata: { plan: 'free' } }),
    )
    const second = await shown(
      world.authority.as(await principalOf(world, first.secret)).keys.mint('org', { resource }),
    )
    const third = await shown(
      world.authority.as(await principalOf(world, second.secret)).keys.mint('org', { resource }),
    )
    const { keys } = world.authority.as(await principalOf(world, third.secret))
    for (const { id } of [first, second]) {
      expect(await codeOf(keys.rotate(id))).toBe('exceeds_parent')
      expect(await codeOf(keys.rotate(id, { overlapSeconds: 600 }))).toBe('exceeds_parent')
      expect(await codeOf(keys.narrow(id, { metadata: { plan: 'gold' } }))).toBe('exceeds_parent')
      expect(await codeOf(keys.revoke(id))).toBe('exceeds_parent')
    }
    expect(await codeOf(keys.rotate(third.id))).toBe('ok')
    expect(await verdict(world, first.secret)).toBe('allowed')
  })
})
