import { defineAuthority } from 'keywright'
import { describe, expect, it } from 'vitest'
import type { Shown } from '../world/open-world.ts'
import { codeOf, openWorld, principalOf, shown, verdict } from '../world/open-world.ts'
import { good, o1 } from './lab.ts'

const studio = defineAuthority({
  product: { name: 'Studio', slug: 'studio' },
  resources: { organizations: { works: {} }, users: { works: {} } },
  scopes: ['works:read', 'works:write'],
  roles: { owner: ['*'], viewer: ['works:read'] },
  keys: {
    personal: { prefix: 'st_pk', bound: 'users', scopes: ['*'] },
    brush: {
      prefix: 'st_bk',
      bound: ['organizations/works', 'users/works'],
      scopes: ['works:*'],
      mintedBy: ['personal', 'users'],
    },
  },
})

/** Two people; ann has a personal key. */
async function openStudio() {
  const world = await openWorld(studio)
  const { people } = world.authority
  const { person: ann } = await good(people.add({ name: 'ann' }))
  const { person: bob } = await good(people.add({ name: 'bob' }))
  const space = `users/${ann.id}`
  const annsKey = await shown(world.authority.keys.mint('personal', { resource: space }))
  return { world, ann, bob, space, annsKey }
}

async function deskOf({ world }: Awaited<ReturnType<typeof openStudio>>, { secret }: Shown) {
  return world.authority.as(await principalOf(world, secret))
}

describe('what lies below the space of a person', () => {
  it('is theirs and nobody else reaches it', async () => {
    const { world, bob, space, annsKey } = await openStudio()
    const other = { resource: `users/${bob.id}` }
    const { secret } = await shown(world.authority.keys.mint('personal', other))
    const ask = { resource: `${space}/works/w1`, scope: 'works:write' }
    expect(await verdict(world, annsKey.secret, ask)).toBe('allowed')
    expect(await verdict(world, annsKey.secret, { ...ask, resource: 'users/-/works/w1' })).toBe(
      'allowed',
    )
    expect(await verdict(world, secret, ask)).toBe('outside_resource')
  })

  it('can be what a key is bound to, of a kind that is bound in organizations too', async () => {
    const lab = await openStudio()
    const { world, space, annsKey } = lab
    const { keys } = await deskOf(lab, annsKey)
    const { key, secret } = await shown(keys.mint('brush', { resource: `${space}/works/w1` }))
    // It belongs to the work, as below an organization, and goes with the key above it.
    expect(key).toMatchObject({ holder: `${space}/works/w1`, parentId: annsKey.id })
    const asks = [`${space}/works/w1`, `${space}/works/w2`, space]
    const said = asks.map((resource) => verdict(world, secret, { resource, scope: 'works:read' }))
    const outside = 'outside_resource'
    expect(await Promise.all(said)).toEqual(['allowed', outside, outside])
    await good(world.authority.keys.revoke(annsKey.id))
    expect(await verdict(world, secret)).toBe('key_revoked')
  })

  it('is no place for a key of somebody else, nor one that the kind does not name', async () => {
    const { world, bob, space } = await openStudio()
    const { asPerson } = world.authority
    const mint = (id: string, resource: string) =>
      codeOf(asPerson(id).keys.mint('brush', { resource }))
    expect(await mint(bob.id, `${space}/works/w1`)).toBe('exceeds_parent')
    expect(await mint(bob.id, space)).toBe('invalid_resource')
    expect(await mint(bob.id, o1)).toBe('invalid_resource')
    expect(await mint(bob.id, `users/${bob.id}/works/w1`)).toBe('ok')
  })

  it('ends alone, and with its person', async () => {
    const lab = await openStudio()
    const { world, ann, space } = lab
    const { keys, resources } = world.authority.asPerson(ann.id)
    const one = await shown(keys.mint('brush', { resource: `${space}/works/w1` }))
    const two = await shown(keys.mint('brush', { resource: `${space}/works/w2` }))
    expect(await codeOf(resources.end(`${space}/works/w1`))).toBe('ok')
    expect(await verdict(world, one.secret)).toBe('resource_ended')
    expect(await verdict(world, two.secret)).toBe('allowed')
    await good(world.authority.resources.disable(space))
    expect(await verdict(world, two.secret)).toBe('resource_disabled')
  })

  it('is shared by a role at it', async () => {
    const { world, bob, space } = await openStudio()
    const role = { personId: bob.id, resource: `${space}/works/w1`, role: 'viewer' }
    await good(world.authority.members.grant(role))
    const own = { resource: `users/${bob.id}` }
    const { secret } = await shown(world.authority.keys.mint('personal', own))
    const ask = (work: string) =>
      verdict(world, secret, { resource: `${space}/works/${work}`, scope: 'works:read' })
    expect([await ask('w1'), await ask('w2')]).toEqual(['allowed', 'outside_resource'])
  })
})
