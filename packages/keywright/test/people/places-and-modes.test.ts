import { defineAuthority } from 'keywright'
import { expect, it } from 'vitest'
import { codeOf, openWorld, principalOf, shown, verdict } from '../world/open-world.ts'
import { good, o1, openLab, p1 } from './lab.ts'

const moded = defineAuthority({
  product: { name: 'Moded', slug: 'moded' },
  resources: { organizations: {} },
  scopes: ['runs:read'],
  modes: ['live', 'test'],
  roles: { owner: ['*'] },
  keys: { org: { prefix: 'mo_sk', bound: 'organizations', scopes: ['*'], mintedBy: ['users'] } },
})

it('a key for test data decides about no role, a person mints in any mode', async () => {
  const world = await openWorld(moded)
  const { authority } = world
  const [ann, bob] = await Promise.all(
    ['ann', 'bob'].map(async (name) => (await good(authority.people.add({ name }))).person.id),
  )
  await good(authority.members.grant({ personId: ann as string, resource: o1, role: 'owner' }))
  const grant = { personId: bob as string, resource: o1, role: 'owner' } as const
  const codes = []
  for (const mode of ['test', 'live'] as const) {
    const minted = authority.asPerson(ann as string).keys.mint('org', { resource: o1, mode })
    const { secret } = await shown(minted)
    const desk = authority.as(await principalOf(world, secret))
    codes.push(await codeOf(desk.members.grant(grant)))
  }
  expect(codes).toEqual(['wrong_mode', 'ok'])
})

it('a name finds the key of the mode that asks, whatever is called so in other modes', async () => {
  const world = await openWorld(moded)
  const { keys } = world.authority
  const request = { resource: o1, name: 'ci' } as const
  const live = await shown(keys.mint('org', { ...request, mode: 'live' }))
  for (let n = 0; n < 2; n += 1) {
    world.clock.advance(1)
    await shown(keys.mint('org', { ...request, mode: 'test' }))
  }
  const desk = world.authority.as(await principalOf(world, live.secret))
  expect(await good(desk.keys.resolve({ text: 'ci' }))).toMatchObject({ key: { id: live.id } })
})

it('a person disables and ends what lies below their role, not the place of it', async () => {
  const { world, authority, join, keyOf } = await openLab()
  const ann = await join('ann', { [o1]: 'owner', [p1]: 'viewer' })
  const narrow = await keyOf(ann, { resource: p1 })
  const { resources } = authority.asPerson(ann.id)
  expect(await codeOf(resources.end(o1))).toBe('outside_resource')
  expect(await codeOf(resources.end(`users/${ann.id}`))).toBe('outside_resource')
  expect(await codeOf(resources.end('organizations/o2/projects/p'))).toBe('outside_resource')
  const bound = authority.as(await principalOf(world, narrow.secret)).resources
  expect(await codeOf(bound.disable(p1))).toBe('outside_resource')
  expect(await codeOf(bound.disable(`${p1}/runs/r`))).toBe('ok')
  expect(await codeOf(resources.end(p1))).toBe('ok')
  expect(await verdict(world, narrow.secret)).toBe('resource_ended')
})
