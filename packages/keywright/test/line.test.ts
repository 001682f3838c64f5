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

// People whose keys make further keys of theirs, as the tokens of a command line do.
const tokens = defineAuthority({
  product: { name: 'Lab', slug: 'lab' },
  resources: { projects: {} },
  scopes: ['runs:read'],
  roles: { owner: ['*'] },
  keys: { token: { prefix: 'lt', bound: 'users', scopes: ['*'], mintedBy: ['token'] } },
})

describe("a person's key", () => {
  it('learns no secret of the keys beside it, so that revoking it leaves nothing behind', async () => {
    const world = await openWorld(tokens)
    const { authority } = world
    const added = await authority.people.add({ name: 'Ann' })
    if (!added.ok) throw new Error(added.detail)
    const resource = `users/${added.person.id}`
    const stolen = await shown(authority.keys.mint('token', { resource, name: 'laptop' }))
    const beside = await shown(authority.keys.mint('token', { resource, name: 'server' }))
    const thief = authority.as(await principalOf(world, stolen.secret)).keys
    const overlapped = thief.rotate(beside.id, { overlapSeconds: 3600 })
    expect(await codeOf(overlapped)).toBe('exceeds_parent')
    const made = await shown(thief.mint('token', { resource }))
    const again = await shown(thief.rotate(made.id))
    await shown(thief.rotate(stolen.id))
    const signedIn = authority.asPerson(added.person.id).keys
    await shown(signedIn.rotate(beside.id, { overlapSeconds: 60 }))
    await signedIn.revoke(stolen.id)
    expect(await verdict(world, again.secret)).toBe('key_revoked')
    expect(await verdict(world, beside.secret)).toBe('allowed')
  })
})
